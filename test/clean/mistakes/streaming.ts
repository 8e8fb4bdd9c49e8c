import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'a generator sets across its yield',
    changes: [
      [
        `    const page = await inBatch(number, () => fetchPage(number))
    if (page.length === 0) return`,
        `    batch.set(number)
    const page = await fetchPage(number)
    if (page.length === 0) return`,
      ],
    ],
    finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['batch.set(number)'] }],
  },
]
