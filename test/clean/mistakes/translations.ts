import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the currency is set in a task that is waited for',
    changes: [
      [
        "  using _ = currency.set('USD')",
        "  await createTask(() => void currency.set('USD'), { name: 'prepare' }).result",
      ],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'left-in-copy',
        lines: [
          "await createTask(() => void currency.set('USD'), { name: 'prepare' }).result",
          "await createTask(() => void currency.set('USD'), { name: 'prepare' }).result",
        ],
      },
    ],
  },
]
