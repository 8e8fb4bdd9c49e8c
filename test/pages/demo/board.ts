// The orders of the day, as cards. They learn what becomes of an order from events that its request dispatches.

import { log } from './log'
import type { Order } from './orders'
import { span } from './span'

export type OrderStatus = 'in work' | 'ready' | 'failed'

const board = document.querySelector('#board')
const cards = new Map<string, HTMLElement>()

/** Finished orders leave the board when it is longer than this. */
const SHOWN = 4

export function openBoard(): void {
  // Added once, in the base context. A dispatched event runs it in a copy of the dispatcher's context, so the line that it logs
  // belongs to the request that dispatched.
  board?.addEventListener('order-status', (event) => {
    if (!(event instanceof CustomEvent && event.target instanceof HTMLElement)) return
    const status: OrderStatus = event.detail
    event.target.dataset.status = status
    event.target.querySelector('.status')?.replaceChildren(status)
    log(`order ${status}`)
  })
}

export function addCard({ id, item }: Order): void {
  const card = document.createElement('li')
  card.append(span('name', id), ' ', span('item', item), ' ', span('status', 'waiting'))
  cards.set(id, card)
  board?.prepend(card)
  for (const finished of board?.querySelectorAll(`:nth-child(n + ${SHOWN + 1})[data-status=ready]`) ?? [])
    finished.remove()
}

export function announce({ id }: Order, status: OrderStatus): void {
  cards.get(id)?.dispatchEvent(new CustomEvent('order-status', { detail: status, bubbles: true }))
}
