// How orders come in: the order form puts them into a queue, the desk takes them out.

import { addCard } from './board'
import { Queue } from './queue'
import { nextRequestId } from './request-context'

export interface Order {
  id: string
  item: string
  /** The number of the customer, null for a guest. */
  customer: number | null
  /** Tells whoever ordered that the order was worked on, for better or worse. */
  done: () => void
}

export const orders = new Queue<Order>()

/** Resolves when the order was worked on. */
export function order(item: string, customer: number | null): Promise<void> {
  return new Promise((done) => {
    const placed = { id: nextRequestId(), item, customer, done }
    addCard(placed)
    orders.put(placed)
  })
}
