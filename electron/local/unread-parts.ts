import { countOf, countText } from '#shared/base/count-text'
import { placesText } from '#shared/import/document-problems'
import { MOST_PLACES } from '#shared/import/places'

/** What of a document could not be read: how much, and where the first of it is. */
export class UnreadParts {
  readonly #places: string[] = []
  #count = 0

  add(place: string): void {
    this.#count++
    if (this.#places.length < MOST_PLACES) this.#places.push(place)
  }

  /** As `2 points of a.json could not be read and were left out: …`; undefined where all was read. */
  sentence(noun: string, name: string): string | undefined {
    if (this.#count === 0) return undefined
    const were = this.#count > 1 ? 'were' : 'was'
    const where = placesText(this.#places, this.#count)
    return `${countOf(this.#count, noun)} of ${name} could not be read and ${were} left out: ${where}.`
  }
}

/** A place in a binary document. */
export const byteText = (at: number): string => `byte ${countText(at)}`
