import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'a hook is kept without its context',
    changes: [['    hooks.end.push(wrap(hook))', '    hooks.end.push(hook)']],
    finds: [
      {
        severity: 'error',
        rule: 'lookup-without-value',
        lines: [
          'const token = plugin.set({ name, options })',
          'plugin.reset(token)',
          `warnings.push(\`\${plugin.get().name}\${file.get() === null ? '' : \` (\${file.get()})\`}: \${text}\`)`,
        ],
      },
    ],
  },
]
