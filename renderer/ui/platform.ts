/** Command instead of Control, and so on. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
