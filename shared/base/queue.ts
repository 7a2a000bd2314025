/**
 * Makes a queue: what is given to it runs one after the other, each seeing what the one before left, and the last one asked for is the last
 * one done. What fails fails for whoever asked, not for those behind it.
 */
export function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
