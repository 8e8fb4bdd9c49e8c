import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the token is used twice',
    changes: [
      [
        `    return await placeOrder(article)
  } catch`,
        `    const answer = await placeOrder(article)
    correlation.reset(token)
    return answer
  } catch`,
      ],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'token-used-twice',
        lines: ['const token = correlation.set(id)', 'correlation.reset(token)', 'correlation.reset(token)'],
      },
      { severity: 'info', rule: 'forgotten-reset', lines: ["level.set('debug')"] },
    ],
  },
]
