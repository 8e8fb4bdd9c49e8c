// A page for the source's tests: a global scope of its own, in which expressions are evaluated as DevTools evaluates them, and
// where a real recorder may answer.

import { createContext, runInContext } from 'node:vm'
import type { Evaluation, InspectedPage, PageEvent } from '../../panel/source/inspected-page'
import { inspectedPage, TOP } from '../../panel/source/inspected-page'
import type { Link, Pace } from '../../panel/source/source'
import type { Held, Wanted } from '../../panel/source/wanted'
import type { Fact, Where } from '../../runtime/protocol'
import { OUTLET_KEY } from '../../runtime/protocol'

export interface TestPage extends InspectedPage {
  /** Runs a script at the top of the page. */
  run(script: string): unknown
  /** Puts an outlet there, or takes it away. */
  setOutlet(outlet: object | null): void
  /** Leaves for an empty document. */
  navigate(): void
  tell(event: PageEvent): void
  evaluations: number
  /** Told each answer. */
  answered?: (answer: string) => void
}

export function openPage(overrides: Partial<InspectedPage> = {}): TestPage {
  let globals = createContext({})
  const listeners = new Set<(event: PageEvent) => void>()
  const page: TestPage = {
    evaluations: 0,
    run: (script) => runInContext(script, globals),
    setOutlet: (outlet) => {
      Object.assign(globals, { [OUTLET_KEY]: outlet ?? undefined })
    },
    navigate() {
      globals = createContext({})
      page.tell('navigated')
    },
    tell(event) {
      for (const listener of listeners) listener(event)
    },
    async evaluate(expression): Promise<Evaluation> {
      page.evaluations += 1
      const value = page.run(expression)
      page.answered?.(String(value))
      return { value }
    },
    inject: async () => {
      throw new Error('This page brings no recorder.')
    },
    documents: async () => [],
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return Object.assign(page, overrides)
}

export interface Heard {
  links: Link[]
  epochs: string[]
  /** The facts of the newest epoch. */
  facts: Fact[]
  wheres: Where[]
  helds: Held[]
  paces: Pace[]
  stop(): void
}

/** Reads a page until stopped, and keeps what it hears. */
export function listen(page: InspectedPage, wanted: Wanted | null = null): Heard {
  const heard: Heard = { links: [], epochs: [], facts: [], wheres: [], helds: [], paces: [], stop: () => {} }
  heard.stop = inspectedPage(page, TOP, wanted).start({
    link: (link) => heard.links.push(link),
    epoch(epoch) {
      heard.epochs.push(epoch)
      heard.facts = []
    },
    batch: (batch) => heard.facts.push(...batch.facts),
    where: (where) => heard.wheres.push(where),
    pace: (pace) => heard.paces.push(pace),
    held: (held) => heard.helds.push(held),
  })
  return heard
}
