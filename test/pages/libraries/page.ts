// Runs one job of one library for three callers at once, and tells what each got and saw.

import { Caller, type Contexts, type Job, type Sight } from './caller'
import { libraries } from './libraries'

export const CALLERS = ['Ada', 'Grace', 'Guido']

export interface Report {
  results: unknown[]
  sights: Sight[][]
}

async function runJob(library: string, title: string): Promise<Report> {
  const job: Job | undefined = libraries[library]?.[title]
  if (job === undefined) throw new Error(`${library} has no job "${title}"`)
  const contexts = Reflect.get(globalThis, 'contexts') as Contexts | undefined
  const callers = CALLERS.map((name) => new Caller(name, contexts))
  const results = await Promise.all(
    callers.map((caller) => {
      const work = async () => job(caller)
      // A task begins on the next microtask, so without tasks the work does, too.
      return contexts?.asTask(caller.name, work) ?? Promise.resolve().then(work)
    }),
  )
  return { results, sights: callers.map(({ sights }) => sights) }
}

Object.assign(globalThis, { runJob })
