/** Sums that lose nothing to rounding on the way, as Prometheus adds (Kahan's method in Neumaier's form). */

/** A sum, and what it missed so far. */
export class KahanSum {
  sum = 0
  missed = 0

  add(value: number): void {
    const sum = this.sum + value
    // What an infinite sum missed is no number.
    if (!Number.isFinite(sum)) this.missed = 0
    else if (Math.abs(this.sum) >= Math.abs(value)) this.missed += this.sum - sum + value
    else this.missed += value - sum + this.sum
    this.sum = sum
  }

  get value(): number {
    return this.sum + this.missed
  }
}
