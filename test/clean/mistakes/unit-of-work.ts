import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the reset is done in another task',
    changes: [
      [
        `  } finally {
    transaction.reset(token)
  }`,
        `  } finally {
    await createTask(() => transaction.reset(token), { name: 'clean up' }).result
  }`,
      ],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'token-other-context',
        lines: [
          'const token = transaction.set(begun)',
          "await createTask(() => transaction.reset(token), { name: 'clean up' }).result",
          "await createTask(() => transaction.reset(token), { name: 'clean up' }).result",
        ],
      },
    ],
  },
]
