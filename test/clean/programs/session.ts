// A session over a socket: messages arrive for whoever is signed in on it, a heartbeat goes until it is closed, requests are answered by
// number, and what is pushed is heard by listeners of the application.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const peer = new ContextVar<string>('peer')
const room = new ContextVar<string | null>('room', { default: null })

/** One end of a connection, as a `WebSocket` behaves. */
class Socket extends EventTarget {
  other: Socket | null = null
  isOpen = true

  send(data: string): void {
    const { other } = this
    setTimeout(() => other?.dispatchEvent(new MessageEvent('message', { data })), 0)
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.dispatchEvent(new Event('close'))
    this.other?.close()
  }
}

function connection(): [Socket, Socket] {
  const ends: [Socket, Socket] = [new Socket(), new Socket()]
  ends[0].other = ends[1]
  ends[1].other = ends[0]
  return ends
}

const log: string[] = []
const note = (text: string) =>
  log.push(`${peer.get('nobody')}${room.get() === null ? '' : ` in ${room.get()}`}: ${text}`)

interface Message {
  id?: number
  kind: string
  text: string
}

/** The server's side: one context for each connection, in which all of its messages are handled. */
class Session {
  readonly #context = copyContext()
  #beats = 0

  constructor(
    readonly socket: Socket,
    name: string,
  ) {
    this.#context.run(() => peer.set(name))
    const timer = this.#context.run(() => setInterval(() => this.#beat(), 2))
    socket.addEventListener('message', (event) => {
      const message = JSON.parse((event as MessageEvent<string>).data) as Message
      this.#context.run(() => this.#handle(message))
    })
    socket.addEventListener('close', () => {
      clearInterval(timer)
      this.#context.run(() => note(`left, ${this.#beats > 0 ? 'heard' : 'not heard'}`))
    })
  }

  #beat(): void {
    this.#beats++
    if (peer.get() !== '') this.#send({ kind: 'beat', text: peer.get() })
  }

  #handle({ id, kind, text }: Message): void {
    if (kind === 'join') {
      // For the rest of this connection.
      room.set(text)
      note('joined')
      return
    }
    createTask(async () => {
      await sleep()
      note(`asked ${text}`)
      this.#send({ ...(id === undefined ? {} : { id }), kind: 'answer', text: `${text} for ${peer.get()}` })
    })
  }

  #send(message: Message): void {
    if (this.socket.isOpen) this.socket.send(JSON.stringify(message))
  }
}

/** The page's side. */
class Client extends EventTarget {
  readonly #waiting = new Map<number, (text: string) => void>()
  #requests = 0
  beats = 0

  constructor(readonly socket: Socket) {
    super()
    socket.addEventListener('message', (event) => {
      const { id, kind, text } = JSON.parse((event as MessageEvent<string>).data) as Message
      if (kind === 'beat') this.beats++
      if (id === undefined) return
      this.#waiting.get(id)?.(text)
      this.#waiting.delete(id)
    })
  }

  tell(kind: string, text: string): void {
    this.socket.send(JSON.stringify({ kind, text }))
  }

  ask(text: string): Promise<string> {
    const id = ++this.#requests
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.socket.send(JSON.stringify({ id, kind: 'ask', text }))
    })
  }
}

async function visit(name: string): Promise<string[]> {
  const [here, there] = connection()
  new Session(there, name)
  const client = new Client(here)
  client.tell('join', 'lounge')
  await sleep(4)
  const answers = [await client.ask('tea'), await client.ask('milk')]
  while (client.beats === 0) await sleep()
  here.close()
  await sleep()
  return answers
}

export const program: Program = {
  async run() {
    const answers = await Promise.all(['Ada', 'Bob'].map((name) => createTask(() => visit(name)).result))
    return { answers, log: log.sort() }
  },
  setsForGood: ['peer', 'room'],
  comesTo: {
    answers: [
      ['tea for Ada', 'milk for Ada'],
      ['tea for Bob', 'milk for Bob'],
    ],
    log: [
      'Ada in lounge: asked milk',
      'Ada in lounge: asked tea',
      'Ada in lounge: joined',
      'Ada in lounge: left, heard',
      'Bob in lounge: asked milk',
      'Bob in lounge: asked tea',
      'Bob in lounge: joined',
      'Bob in lounge: left, heard',
    ],
  },
}
