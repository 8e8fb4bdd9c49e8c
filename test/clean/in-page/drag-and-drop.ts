// A board whose cards are dragged: a drag is one gesture from the press to the release, which moves, the drop and its save know.

import { type Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Gesture {
  id: number
  card: string
}

const gesture = new ContextVar<Gesture | null>('gesture', { default: null })
const editor = new ContextVar<string>('editor', { default: 'guest' })

const log: string[] = []
const note = (text: string) => {
  const now = gesture.get()
  log.push(`${text} by ${editor.get()}${now === null ? '' : ` in drag ${now.id} of ${now.card}`}`)
}

/** One drag: a context of its own, in which all that belongs to it runs, until the pointer is released. */
class Drag {
  readonly #context: Context = copyContext()
  readonly #from: { x: number; y: number }
  #last = { x: 0, y: 0 }

  constructor(id: number, card: HTMLElement, { clientX, clientY }: PointerEvent) {
    this.#from = { x: clientX, y: clientY }
    this.#context.run(() => {
      gesture.set({ id, card: card.id })
      note('picked up')
    })
  }

  move({ clientX, clientY }: PointerEvent): void {
    this.#context.run(() => {
      this.#last = { x: clientX - this.#from.x, y: clientY - this.#from.y }
      if (this.#last.x === 0 && this.#last.y === 0) note('not moved')
    })
  }

  drop(column: HTMLElement | null): Promise<void> {
    return this.#context.run(() => {
      if (column === null) {
        note('put back')
        return Promise.resolve()
      }
      note(`dropped at ${this.#last.x},${this.#last.y} in ${column.id}`)
      return createTask(() => save(column.id), { name: 'save' }).result
    })
  }
}

async function save(column: string): Promise<void> {
  await sleep()
  note(`saved in ${column}`)
}

class Board {
  #drag: Drag | null = null
  #drags = 0
  readonly saves: Promise<void>[] = []

  constructor(readonly element: HTMLElement) {
    element.addEventListener('pointerdown', this.#down)
  }

  readonly #down = (event: PointerEvent): void => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('.card')
    if (card === null || this.#drag !== null) return
    this.#drag = new Drag(++this.#drags, card, event)
    window.addEventListener('pointermove', this.#move)
    window.addEventListener('pointerup', this.#up)
  }

  readonly #move = (event: PointerEvent): void => this.#drag?.move(event)

  readonly #up = (event: PointerEvent): void => {
    window.removeEventListener('pointermove', this.#move)
    window.removeEventListener('pointerup', this.#up)
    const drag = this.#drag
    this.#drag = null
    if (drag !== null) this.saves.push(drag.drop((event.target as HTMLElement).closest('.column')))
  }
}

const pointer = (type: string, clientX: number, clientY: number) =>
  new PointerEvent(type, { bubbles: true, clientX, clientY })

function built(): HTMLElement {
  const board = document.createElement('section')
  for (const name of ['todo', 'done']) {
    const column = board.appendChild(document.createElement('div'))
    column.className = 'column'
    column.id = name
  }
  for (const name of ['one', 'two']) {
    const card = document.createElement('b')
    card.className = 'card'
    card.id = name
    board.firstElementChild?.append(card)
  }
  return document.body.appendChild(board)
}

async function person(board: HTMLElement): Promise<void> {
  const at = (id: string) => board.querySelector(`#${id}`) as HTMLElement
  at('one').dispatchEvent(pointer('pointerdown', 10, 10))
  for (const x of [10, 20, 30]) {
    document.body.dispatchEvent(pointer('pointermove', x, x === 10 ? 10 : 15))
    await sleep()
  }
  at('done').dispatchEvent(pointer('pointerup', 30, 15))
  at('two').dispatchEvent(pointer('pointerdown', 0, 0))
  document.body.dispatchEvent(pointer('pointermove', 0, 0))
  document.body.dispatchEvent(pointer('pointerup', 0, 0))
}

export const program: Program = {
  async run() {
    const element = built()
    try {
      const board = new Board(element)
      await person(element)
      await Promise.all(board.saves)
      note('done')
      return log
    } finally {
      element.remove()
    }
  },
  setsForGood: ['gesture'],
  comesTo: [
    'picked up by guest in drag 1 of one',
    'not moved by guest in drag 1 of one',
    'dropped at 20,5 in done by guest in drag 1 of one',
    'picked up by guest in drag 2 of two',
    'not moved by guest in drag 2 of two',
    'put back by guest in drag 2 of two',
    'saved in done by guest in drag 1 of one',
    'done by guest',
  ],
}
