import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the budget is not reset',
    changes: [['  using _budget = budget.set', '  budget.set']],
    finds: [
      { severity: 'info', rule: 'forgotten-reset', lines: ['budget.set({ left: limit })'] },
      {
        severity: 'warning',
        rule: 'forgotten-reset',
        lines: [
          'budget.set({ left: limit })',
          'for (const link of links) group.createTask(() => crawl(link, signal), { name: link })',
        ],
      },
    ],
  },
]
