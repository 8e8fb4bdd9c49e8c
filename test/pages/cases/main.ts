// Lets whoever drives this page run one case, by its title. What the driver lends comes as functions and values on globalThis.

// First of all: the next import sets the runtime up.
import '../../async/cases/early'
import { Context } from 'contextvars-devtools'
import { everywhere } from '../../async/cases'
import { inPages } from '.'
import type { PageHost } from './page-case'

/** What is current when the case begins: in a fresh page the base context, and nothing was made before. */
export type State = 'fresh' | 'inside a run'

declare global {
  var collectGarbage: () => Promise<void>
  var __contextvars_outlet__: { since(seq: number): string }
  /** Runs one case, and rejects where it does not hold. */
  var runCase: (title: string, state: State, sockets: string) => Promise<void>
}

const cases = Object.assign({}, ...Object.values(everywhere), ...Object.values(inPages))

globalThis.runCase = (title, state, sockets) => {
  const host: PageHost = {
    sockets,
    // Whoever records asks from time to time: a stack that is not read yet keeps what is on it.
    collectGarbage() {
      globalThis.__contextvars_outlet__.since(0)
      return globalThis.collectGarbage()
    },
    uncaught: () =>
      new Promise((resolve) => {
        const told = (event: ErrorEvent): void => {
          event.preventDefault()
          resolve(event.error)
        }
        addEventListener('error', told, { once: true })
      }),
    recorded: () => JSON.parse(globalThis.__contextvars_outlet__.since(0)),
  }
  return state === 'fresh' ? cases[title](host) : new Context().run(() => cases[title](host))
}
