/** What is bought, by whom, and what is said about it between the services. */

export interface Line {
  readonly sku: number
  readonly quantity: number
}

export interface Cart {
  readonly user: number
  readonly lines: readonly Line[]
  readonly coupon: boolean
}

export interface Order extends Cart {
  readonly number: number
  readonly cents: number
}

export interface OrderEvent {
  readonly order: Order
  readonly paid: boolean
}

export const skuText = (sku: number): string => `SKU-${1000 + sku}`
export const userText = (user: number): string => `u-${20_000 + user}`
export const euros = (cents: number): string => (cents / 100).toFixed(2)
