import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'a context is entered that is entered',
    changes: [["      note('joined')", "      try { this.#context.run(() => note('joined')) } catch {}"]],
    finds: [
      {
        severity: 'error',
        rule: 'already-entered',
        lines: ["try { this.#context.run(() => note('joined')) } catch {}"],
      },
      { severity: 'info', rule: 'forgotten-reset', lines: ['room.set(text)'] },
      { severity: 'info', rule: 'forgotten-reset', lines: ['this.#context.run(() => peer.set(name))'] },
    ],
  },
]
