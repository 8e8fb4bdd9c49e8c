// Where everybody begins: two tasks at once, one variable, and each task sees its own value across every `await`.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { delay } from './delay'
import { log } from './log'

const client = new ContextVar<string>('client')

/** They stay until the page is left, so that there is somebody to look at. */
const closing = new Promise<void>((resolve) => addEventListener('pagehide', () => resolve(), { once: true }))

export function greetClients(): void {
  createTask(() => greet('Alice'), { name: 'Alice' })
  createTask(() => greet('Bob'), { name: 'Bob' })
}

async function greet(name: string): Promise<void> {
  const token = client.set(name)
  try {
    log(greeting())
    await delay(20) // meanwhile the other one is greeted
    setTimeout(() => log(`Your tea, ${client.get()}.`), 20)
    await closing
  } finally {
    client.reset(token)
  }
}

/** Nobody tells it the name. */
function greeting(): string {
  return `Hello, ${client.get()}!`
}
