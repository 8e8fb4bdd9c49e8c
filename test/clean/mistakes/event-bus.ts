import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the name of a module is not reset',
    changes: [
      [
        `  const token = moduleName.set(name)
  try {
    start()
  } finally {
    moduleName.reset(token)
  }`,
        `  moduleName.set(name)
  start()`,
      ],
    ],
    finds: [
      { severity: 'info', rule: 'forgotten-reset', lines: ["audit.run(() => sender.set('audit'))"] },
      {
        severity: 'warning',
        rule: 'forgotten-reset',
        lines: [
          'moduleName.set(name)',
          'const audit = copyContext()',
          'handlers.map((handler) => copyContext().run(async () => handler({ topic, payload }))),',
          'handlers.map((handler) => copyContext().run(async () => handler({ topic, payload }))),',
        ],
      },
    ],
  },
]
