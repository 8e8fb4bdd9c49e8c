import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'what is attached is never disposed of',
    changes: [
      ['() => context.with(around, () => checkout(articles))', '() => (manager.attach(around), checkout(articles))'],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'forgotten-reset',
        lines: [
          `return await currency.run(money, () => (manager.attach(around), checkout(articles))).catch((error) => [\`\${error}\`])`,
        ],
      },
    ],
  },
]
