/** Where something in a document is odd: how often, and where the first of it stands. */

/** So many places where something could not be read are told one by one. */
export const MOST_PLACES = 8

/** Addresses come in ascending order; what is read again, because more bytes were needed, counts once. */
export class Places {
  count = 0
  /** Addresses of the first ones. */
  readonly first: number[] = []
  #last = -1

  add(address: number): void {
    if (address <= this.#last) return
    this.#last = address
    this.count++
    if (this.first.length < MOST_PLACES) this.first.push(address)
  }
}
