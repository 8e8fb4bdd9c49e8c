import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'who wrote is forgotten',
    changes: [
      ['await context.run(() => this.#transfer(text))', 'await this.#transfer(text)'],
      ['const { text, context, resolve, reject }', 'const { text, resolve, reject }'],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'lookup-without-value',
        lines: [
          "const work = createTask(() => this.#send(), { name: 'sender', context: new Context() })",
          `if (text === 'spam') throw new Error(\`\${author.get()} is not to send spam\`)`,
        ],
      },
      {
        severity: 'error',
        rule: 'lookup-without-value',
        lines: [
          "const work = createTask(() => this.#send(), { name: 'sender', context: new Context() })",
          `sent.push(\`\${author.get()}: \${text} (\${transfer.get()})\`)`,
        ],
      },
    ],
  },
]
