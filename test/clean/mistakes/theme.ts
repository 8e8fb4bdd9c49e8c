import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'a setting is put on top of the last one',
    changes: [['    if (this.#chosen !== null) theme.reset(this.#chosen)\n', '']],
    finds: [
      { severity: 'info', rule: 'forgotten-reset', lines: ['theme.set(wanted)'] },
      {
        severity: 'warning',
        rule: 'forgotten-reset',
        lines: [
          "this.#chosen = wanted === 'light' ? null : theme.set(wanted)",
          "setTimeout(() => paint('timer'), 1)",
          "setTimeout(() => paint('timer'), 1)",
        ],
      },
    ],
  },
]
