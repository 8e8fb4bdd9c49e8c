// All programs of `test/clean`, each to be run by its name.

import { ContextVar } from 'contextvars-devtools'
import { createTask, type Task } from 'contextvars-devtools/async'
import type { Program } from '../../clean/program'

const mark = new ContextVar<boolean>('mark')
/** Kept, so that their notes are. */
const marked: Task<void>[] = []

const programs = new Map(
  Object.entries({
    ...import.meta.glob<{ program: Program }>('../../clean/programs/*.ts', { eager: true }),
    ...import.meta.glob<{ program: Program }>('../../clean/in-page/*.{ts,tsx}', { eager: true }),
  }).map(([path, { program }]) => [path.replace(/^.*\/|\.tsx?$/g, ''), program]),
)

Object.assign(globalThis, {
  runProgram: async (name: string) => {
    const program = programs.get(name)
    if (program === undefined) throw new Error(`no program ${name}`)
    const { comesTo, setsForGood = [] } = program
    return { result: await program.run(), comesTo, setsForGood }
  },
  /** A note, by which one sees that all that was before it has arrived. */
  leaveMark: () => {
    const task = createTask(() => void mark.set(true))
    marked.push(task)
    return task.result
  },
})
