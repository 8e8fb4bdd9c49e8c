// The desk: takes one order after the other and gives each a task of its own, with a context of its own.

import { createTask, gather } from 'contextvars-devtools/async'
import { announce } from './board'
import { delay } from './delay'
import { log, logError } from './log'
import { type Order, orders } from './orders'
import { queuePrint } from './printer'
import { currentUser, requestId } from './request-context'
import { fetchUser } from './users'

/** Runs for as long as the page, in the context in which it is called: the base context. */
export async function acceptRequests(): Promise<never> {
  for (;;) {
    const order = await orders.take()
    // The task begins with a copy of the base context, so one request sees nothing of another.
    createTask(() => finish(order), { name: order.id })
  }
}

async function finish(order: Order): Promise<void> {
  using _id = requestId.set(order.id)
  try {
    await handleRequest(order)
  } catch (error) {
    logError(error)
    announce(order, 'failed')
  } finally {
    order.done()
  }
}

async function handleRequest(order: Order): Promise<void> {
  log(`orders ${order.item}`)
  announce(order, 'in work')
  using _user = order.customer === null ? null : currentUser.set(await fetchUser(order.customer))
  const [stock, price] = await gather(
    createTask(countStock, { name: 'stock' }),
    createTask(quotePrice, { name: 'price' }),
  )
  log(`${order.item}: ${stock} in stock, ${price} apiece`) // <- a good line for a breakpoint
  await boilWater()
  queuePrint(() => log(`prints the receipt for ${order.item}`))
  announce(order, 'ready')
}

async function countStock(): Promise<number> {
  await delay(10)
  log('counts the stock')
  return 7
}

async function quotePrice(): Promise<string> {
  await delay(20)
  log('asks for the price')
  return '4.20 €'
}

function boilWater(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      log('the water boils')
      resolve()
    }, 40)
  })
}
