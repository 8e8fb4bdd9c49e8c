import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the parameters are set after the tasks were made',
    changes: [
      [
        `      using _ = params.set({ ...found.groups })
      await guard?.()
      const [outer, inner] = await gather(frame, load)`,
        `      await guard?.()
      const loading = gather(frame, load)
      using _ = params.set({ ...found.groups })
      const [outer, inner] = await loading`,
      ],
    ],
    finds: [
      { severity: 'info', rule: 'forgotten-reset', lines: ['navigation.set(to)'] },
      {
        severity: 'info',
        rule: 'set-too-late',
        lines: ['const loading = gather(frame, load)', 'using _ = params.set({ ...found.groups })'],
      },
    ],
  },
]
