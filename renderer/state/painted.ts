/** No frame takes longer where somebody looks. */
const longestFrameMs = 50

/**
 * Settles once what is on the page now is painted. To be waited for between a sign that something is under way and work that would keep
 * that sign from the screen: a person waits for a sign, not for a frame.
 */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    // Nothing is painted where nobody looks.
    setTimeout(resolve, longestFrameMs)
  })
