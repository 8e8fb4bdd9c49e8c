// A page that a panel asks now and then: what its work costs between two questions, and what the answers do.

import { ContextVar, copyContext } from '../../../../runtime/index'
import { record } from '../../../../runtime/recorder'
import { deep } from '../work'

/** Facts between two questions: fewer than there may be stacks that wait. */
const FACTS = 2_000

const recording = record({ budget: 1 })
const variable = new ContextVar<number>('variable')
const kept: Error[] = []

function writes(): void {
  for (let i = 0; i < FACTS / 2; i++) variable.reset(variable.set(i))
}

function keep(index: number): void {
  kept[index] = new Error()
}

function errors(): void {
  for (let i = 0; i < FACTS; i++) keep(i)
}

function took(work: () => unknown): number {
  const begin = performance.now()
  work()
  return performance.now() - begin
}

/** What is told meanwhile is not counted. */
let told = 0
function ask(): number {
  const { last, facts } = JSON.parse(recording.since(told))
  told = facts.at(-1)?.seq ?? last
  return last - told
}

/** The best of many rounds of each, in nanoseconds for one; then the answers of a full log, in milliseconds. */
Reflect.set(globalThis, 'bench', (rounds: number) => {
  const best = { fact: Number.POSITIVE_INFINITY, error: Number.POSITIVE_INFINITY }
  for (let round = 0; round < rounds; round++) {
    // Both as deep: where somebody listens for errors, an engine walks over all of a stack, whatever its limit says.
    best.fact = Math.min(best.fact, (took(() => copyContext().run(() => deep(writes))) / FACTS) * 1e6)
    while (ask() > 0);
    best.error = Math.min(best.error, (took(() => copyContext().run(() => deep(errors))) / FACTS) * 1e6)
  }
  for (let round = 0; round < 50; round++) copyContext().run(() => deep(writes))
  const before = told
  const answers: number[] = []
  for (let left = 1; left > 0; ) answers.push(took(() => (left = ask())))
  const total = answers.reduce((sum, one) => sum + one, 0)
  return { ...best, answered: (total / (told - before)) * 10_000, longest: Math.max(...answers) }
})
