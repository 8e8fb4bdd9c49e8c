// The mistake: the first who has something to write starts the writer, which then goes on for all. It keeps a copy of that one's context, and
// writes everybody's lines in their name. A writer that is started where nothing is set is the cure.

import { createTask } from 'contextvars-devtools/async'
import { delay } from '../delay'
import { log } from '../log'
import { Queue } from '../queue'
import { currentUser } from '../request-context'

const lines = new Queue<string>()
let isWriting = false

export async function outlivedValue(): Promise<void> {
  await createTask(() => order('Karen', 'a teapot'), { name: 'order of Karen' }).result
  await createTask(() => order('Anita', 'two cups'), { name: 'order of Anita' }).result
}

async function order(name: string, item: string): Promise<void> {
  using _user = currentUser.set({ id: 8, name })
  if (!isWriting) createTask(write, { name: 'writer' })
  isWriting = true
  lines.put(`${name} wants ${item}`)
  await delay(10)
}

/** Runs for as long as the page. */
async function write(): Promise<never> {
  for (;;) log(`writes down: ${await lines.take()}`)
}
