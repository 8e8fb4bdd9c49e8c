// An editor's undo: changes of one gesture are one step, what undoes is not recorded, a group that fails is taken back.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { failure, type Program, sleep } from '../program'

interface Change {
  undo(): void
  redo(): void
}

class Step implements Change {
  readonly changes: Change[] = []
  constructor(readonly title: string) {}
  undo(): void {
    for (const change of this.changes.toReversed()) change.undo()
  }
  redo(): void {
    for (const change of this.changes) change.redo()
  }
}

const step = new ContextVar<Step | null>('step', { default: null })
const isReplaying = new ContextVar('isReplaying', { default: false })

class History {
  readonly done: Step[] = []
  readonly undone: Step[] = []

  record(title: string, change: Change): void {
    if (isReplaying.get()) return
    const open = step.get()
    if (open !== null) {
      open.changes.push(change)
      return
    }
    const alone = new Step(title)
    alone.changes.push(change)
    this.#push(alone)
  }

  /** One step for all that `work` changes, its awaits included. */
  async group<T>(title: string, work: () => T | Promise<T>): Promise<T> {
    const outer = step.get()
    const own = new Step(title)
    const token = step.set(own)
    try {
      const result = await work()
      if (own.changes.length > 0) {
        if (outer === null) this.#push(own)
        else outer.changes.push(own)
      }
      return result
    } catch (error) {
      this.#replay(() => own.undo())
      throw error
    } finally {
      step.reset(token)
    }
  }

  #push(one: Step): void {
    this.done.push(one)
    this.undone.length = 0
  }

  #replay(work: () => void): void {
    using _ = isReplaying.set(true)
    work()
  }

  undo(): void {
    const last = this.done.pop()
    if (last === undefined) return
    this.#replay(() => last.undo())
    this.undone.push(last)
  }

  redo(): void {
    const last = this.undone.pop()
    if (last === undefined) return
    this.#replay(() => last.redo())
    this.done.push(last)
  }
}

class Drawing {
  readonly shapes = new Map<string, number>()
  constructor(readonly history: History) {}

  set(name: string, value: number | undefined): void {
    const before = this.shapes.get(name)
    this.#put(name, value)
    this.history.record(`set ${name}`, {
      undo: () => this.set(name, before),
      redo: () => this.set(name, value),
    })
  }

  #put(name: string, value: number | undefined): void {
    if (value === undefined) this.shapes.delete(name)
    else this.shapes.set(name, value)
  }

  toString(): string {
    return [...this.shapes].map(([name, value]) => `${name}${value}`).join(' ')
  }
}

async function align(drawing: Drawing, names: string[]): Promise<void> {
  await drawing.history.group('align', async () => {
    for (const name of names) {
      await sleep()
      if (!drawing.shapes.has(name)) throw new Error(`no ${name}`)
      drawing.set(name, 0)
    }
  })
}

export const program: Program = {
  async run() {
    const history = new History()
    const drawing = new Drawing(history)
    const seen: string[] = []
    const see = () => seen.push(`${drawing} | ${history.done.map(({ title }) => title)}`)
    drawing.set('a', 1)
    drawing.set('b', 2)
    see()
    await align(drawing, ['a', 'b'])
    see()
    history.undo()
    see()
    history.redo()
    seen.push(await failure(() => align(drawing, ['b', 'x'])))
    see()
    await history.group('both', async () => {
      const paste = createTask(async () => drawing.set('c', 3))
      await align(drawing, ['a'])
      await paste.result
    })
    see()
    history.undo()
    see()
    return seen
  },
  comesTo: [
    'a1 b2 | set a,set b',
    'a0 b0 | set a,set b,align',
    'a1 b2 | set a,set b',
    'no x',
    'a0 b0 | set a,set b,align',
    'a0 b0 c3 | set a,set b,align,both',
    'a0 b0 | set a,set b,align',
  ],
}
