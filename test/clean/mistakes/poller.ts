import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the timer of all is started in the work of the first',
    changes: [
      ['new Context().run(() => setInterval(() => this.#tick(), 2))', 'setInterval(() => this.#tick(), 2)'],
      ['import { Context, ContextVar }', 'import { ContextVar }'],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'kept-by-timer',
        lines: [
          'const token = dashboard.set(name)',
          'dashboard.reset(token)',
          'this.#timer ??= setInterval(() => this.#tick(), 2)',
        ],
      },
    ],
  },
]
