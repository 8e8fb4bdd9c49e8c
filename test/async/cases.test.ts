// The cases in Node, each in every state. In Chromium they run in test/e2e/cases.test.ts.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, test } from 'vitest'
import './cases/early'
import { install } from '../../runtime/async'
import { Context, copyContext } from '../../runtime/context/context'
import { attachTap } from '../../runtime/context/tap'
import { countingTap } from '../context/counting-tap'
import { everywhere } from './cases'
import type { Host } from './cases/case'

let uninstall = (): void => {}
beforeAll(() => {
  uninstall = install()
})
afterAll(() => uninstall())

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const host: Host = {
  async collectGarbage() {
    collect()
  },
  uncaught() {
    // The test runner listens, too, and would call it a failure.
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    return new Promise((resolve) =>
      process.once('uncaughtException', (error) => {
        for (const other of others) process.on('uncaughtException', other)
        resolve(error)
      }),
    )
  },
}

const states: [string, (body: () => Promise<void>) => Promise<void>][] = [
  ['fresh', (body) => body()],
  ['inside a run', (body) => new Context().run(body)],
  ['after a copy', (body) => copyContext().run(body)],
  [
    'tapped',
    async (body) => {
      const detach = attachTap(countingTap().tap)
      try {
        await new Context().run(body)
      } finally {
        detach()
      }
    },
  ],
]

for (const [group, cases] of Object.entries(everywhere)) {
  describe(group, () => {
    for (const [title, body] of Object.entries(cases)) {
      test.each(states)(`${title} · %s`, (_, within) => within(() => body(host)))
    }
  })
}
