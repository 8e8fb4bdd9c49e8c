// How orders come in: the order form puts them into a queue, the desk takes them out.

import { addCard } from './board'
import { Queue } from './queue'
import { nextRequestId, type User } from './request-context'

export interface Order {
  id: string
  item: string
  /** The number of the customer; null for guests, and for those whom the desk knows already. */
  customer: number | null
  /** Tells whoever ordered that the order was worked on, for better or worse. */
  done: () => void
}

/** A customer who comes to the desk in person. */
export interface Visit {
  user: User
  order: Order
}

export const orders = new Queue<Order>()

/** Resolves when the order was worked on. */
export function order(
  item: string,
  customer: number | null,
  put = (placed: Order) => orders.put(placed),
): Promise<void> {
  return new Promise((done) => {
    const placed = { id: nextRequestId(), item, customer, done }
    addCard(placed)
    put(placed)
  })
}
