import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'a variable is not registered',
    changes: [['registerContextVar(priority, names)\n', '']],
    isAlone: true,
    finds: [
      {
        severity: 'info',
        rule: 'not-reduced',
        lines: ['this.#ports[id % this.#ports.length]?.postMessage({ id, kind, input } satisfies Job)'],
      },
    ],
  },
]
