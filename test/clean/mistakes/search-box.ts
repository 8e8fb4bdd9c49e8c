import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the variable is made in a function',
    changes: [
      [
        `    using _ = query.set({ id, text })`,
        `    const query = new ContextVar<object | null>('query', { default: null })
    using _ = query.set({ id, text })`,
      ],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'variable-made-again',
        lines: ["const query = new ContextVar<object | null>('query', { default: null })"],
      },
    ],
  },
]
