/** Names of the messages between preload and main; nothing else is listened to. */
export const channels = {
  /** Page to main, answered: absolute paths of files in, their ids out. */
  keepFiles: 'clew:keep-files',
  /** Page to main, answered: ids of the files chosen in the system's dialog. */
  chooseFiles: 'clew:choose-files',
  /** Page to main: it hears commands now. */
  listening: 'clew:listening',
  /** Main to page: a ShellCommand. */
  command: 'clew:command',
} as const
