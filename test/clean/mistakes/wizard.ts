import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'who signs out stays signed in',
    changes: [['    user.reset(this.#token)\n', '']],
    finds: [
      {
        severity: 'warning',
        rule: 'forgotten-reset',
        lines: [
          'this.#token = user.set({ name })',
          `await createTask(() => wizard(['Bob', 'back', 'Robert', 'mint', 'yes']), { name: 'wizard' }).result`,
          `setTimeout(() => headers.push(\`later: \${header()}\`), 1)`,
        ],
      },
    ],
  },
]
