// An outbox: what is written offline waits in a queue and is sent later, for whoever wrote it; one sender works at a time, and starts again
// when there is something to do.

import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const author = new ContextVar<string>('author')
const transfer = new ContextVar<number>('transfer')

interface Entry {
  text: string
  context: Context
  resolve: (answer: string) => void
  reject: (reason: unknown) => void
}

const sent: string[] = []

async function post(text: string): Promise<string> {
  await sleep()
  if (text === 'spam') throw new Error(`${author.get()} is not to send spam`)
  sent.push(`${author.get()}: ${text} (${transfer.get()})`)
  return `${text} of ${author.get()} is out`
}

class Outbox extends EventTarget {
  readonly #entries: Entry[] = []
  #isOnline = false
  #sender: Promise<void> | null = null
  #transfers = 0

  get length(): number {
    return this.#entries.length
  }

  /** Whoever writes is remembered with what they write. */
  write(text: string): Promise<string> {
    const context = copyContext()
    return new Promise((resolve, reject) => {
      this.#entries.push({ text, context, resolve, reject })
      this.dispatchEvent(new Event('change'))
      this.#wake()
    })
  }

  set isOnline(isOnline: boolean) {
    this.#isOnline = isOnline
    this.#wake()
  }

  #wake(): void {
    if (!this.#isOnline || this.#sender !== null) return
    const work = createTask(() => this.#send(), { name: 'sender', context: new Context() })
    this.#sender = work.result.finally(() => {
      this.#sender = null
      if (this.#entries.length > 0) this.#wake()
    })
  }

  async #send(): Promise<void> {
    for (let next = this.#entries.shift(); next !== undefined; next = this.#entries.shift()) {
      const { text, context, resolve, reject } = next
      await context.run(() => this.#transfer(text)).then(resolve, reject)
      this.dispatchEvent(new Event('change'))
    }
  }

  async #transfer(text: string): Promise<string> {
    const token = transfer.set(++this.#transfers)
    try {
      return await post(text)
    } finally {
      transfer.reset(token)
    }
  }
}

const outbox = new Outbox()
const badges: number[] = []
outbox.addEventListener('change', () => badges.push(outbox.length))

async function writer(name: string, texts: string[]): Promise<string[]> {
  using _ = author.set(name)
  const answers = texts.map((text) => outbox.write(text).catch((error: Error) => error.message))
  return await Promise.all(answers)
}

export const program: Program = {
  async run() {
    const offline = [
      createTask(() => writer('Ada', ['hello', 'spam'])).result,
      createTask(() => writer('Bob', ['hi'])).result,
    ]
    await sleep(3)
    const waiting = outbox.length
    outbox.isOnline = true
    const answers = await Promise.all(offline)
    const later = await createTask(() => writer('Eve', ['late'])).result
    return { waiting, answers, later, sent, badges: badges.at(-1) }
  },
  comesTo: {
    waiting: 3,
    answers: [['hello of Ada is out', 'Ada is not to send spam'], ['hi of Bob is out']],
    later: ['late of Eve is out'],
    sent: ['Ada: hello (1)', 'Bob: hi (3)', 'Eve: late (4)'],
    badges: 0,
  },
}
