// `await` resumes in the very same Context: what was set before is there, and its token is good. In random programs, also in a
// page whose `Promise` is that of its own zone.js.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { install } from '../../runtime/async'
import type { Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { root } from '../../scripts/steps.mjs'
import { runtimePlugins } from '../../vite.config'
import type { Program, Seen } from './program'
import { type CarrierName, identity, underContexts } from './program-contexts'
import { expectAgreement } from './program-reference'

const timeout = 600_000

test('a token that was made before an await is good after it', { timeout }, () =>
  expectAgreement({ programs: 1_000, run: (batch) => underContexts(batch, identity) }),
)

for (const [when, script, without] of [
  // zone.js calls a thenable's `then` itself, when the callback that returned it has returned.
  ['has loaded its own zone.js before', 'program-zone-first', ['thenableFromThen']],
  ['loads its own zone.js later', 'program-zone-last', []],
] as const) {
  test(`so it is in a page that ${when}`, { timeout }, async () => {
    await expectAgreement({ programs: 800, without, run: await inChild(script, 'identity') })
  })
}

test('where only the value comes back after a foreign thenable, a fact says so', async () => {
  const variable = new ContextVar<string>('variable')
  const awaiting = async (body: (resolve: () => void) => void) => {
    const token = variable.set('kept')
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    await { then: body }
    const value = variable.get()
    try {
      variable.reset(token)
      return `${value}, the same Context`
    } catch {
      return `${value}, another Context`
    }
  }
  const recording = record({ budget: 1 })
  const uninstall = install()
  onTestFinished(() => {
    uninstall()
    recording.stop()
  })
  const untracked = () => {
    const { facts }: { facts: Fact[] } = JSON.parse(recording.since(0))
    return facts.filter((fact) => fact.type === 'await-untracked')
  }
  const inScope = (body: (resolve: () => void) => void) => copyContext().run(() => awaiting(body))

  expect(await inScope((resolve) => resolve())).toBe('kept, the same Context')
  expect(untracked()).toEqual([])
  for (const late of [queueMicrotask, setTimeout]) {
    const before = untracked().length
    expect(await inScope((resolve) => late(() => resolve()))).toBe('kept, another Context')
    expect(untracked().slice(before)).toMatchObject([{ cause: expect.stringMatching(/thenable/), copied: true }])
  }
})

/** Starts a process with this script, which is sent batches. */
async function inChild(script: string, carrier: CarrierName): Promise<(batch: readonly Program[]) => Promise<Seen[]>> {
  const code = await bundle(join(root, 'test/async', `${script}.ts`))
  const child = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] })
  onTestFinished(() => {
    child.kill()
  })
  child.stdin?.end(code)
  return (batch) =>
    new Promise((resolve, reject) => {
      child.removeAllListeners()
      child.once('message', ({ seen, failure }: { seen?: Seen[]; failure?: string }) => {
        if (seen === undefined) reject(new Error(failure))
        else resolve(seen)
      })
      child.once('exit', (code) => reject(new Error(`The process has ended: ${code}`)))
      child.send({ batch, carrier })
    })
}

async function bundle(input: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: runtimePlugins(),
    build: {
      write: false,
      target: 'node20',
      minify: false,
      modulePreload: false,
      // The order in which the modules are evaluated is what matters.
      rolldownOptions: { input, external: /^node:/, treeshake: false },
    },
  })
  const [chunk] = 'output' in built ? built.output : []
  if (chunk?.type !== 'chunk') throw new Error('There is no bundle.')
  expect(chunk.code).toContain('ZoneAwarePromise')
  return chunk.code
}
