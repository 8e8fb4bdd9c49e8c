import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the hook resets the wrong variable',
    changes: [
      [
        '      if (token !== undefined) flags.reset(token)',
        '      if (token !== undefined) clock.reset(token as never)',
      ],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'token-other-variable',
        lines: [
          'return flags.set({ ...flags.get(), ...some })',
          'if (token !== undefined) clock.reset(token as never)',
        ],
      },
    ],
  },
  {
    mistake: 'the default is changed',
    changes: [
      [
        "Object.freeze({ newCart: false, currency: 'EUR', beta: Object.freeze([]) })",
        "{ newCart: false, currency: 'EUR', beta: [] }",
      ],
      [
        "        using _ = override({ beta: ['discount'] })",
        "        ;(flags.get().beta as string[]).push('discount')",
      ],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'default-changed',
        lines: [
          "const flags = new ContextVar<Flags>('flags', { default: defaults })",
          'return flags.set({ ...flags.get(), ...some })',
        ],
      },
      { severity: 'info', rule: 'forgotten-reset', lines: ['return flags.set({ ...flags.get(), ...some })'] },
    ],
  },
  {
    mistake: 'the hook forgets the reset',
    changes: [['      if (token !== undefined) flags.reset(token)\n', '']],
    finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['return flags.set({ ...flags.get(), ...some })'] }],
  },
]
