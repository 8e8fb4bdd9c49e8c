// The proof: each mistake of the demo, in its own source, is mended by the lines that its problem offers, and the problem is gone.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { parseBatch } from '../../../panel/model/recording'
import { judge, rules, rulesOnRequest } from '../../../panel/model/rules'
import { linesToPaste, sourceText } from '../../../panel/model/selectors/lines-to-paste'
import { Timeline } from '../../../panel/model/timeline'
import type { RuleId } from '../../../panel/testing'
import { createTask, install } from '../../../runtime/async'
import { record } from '../../../runtime/recorder'
import { acceptRequests } from '../../pages/demo/desk'
import { mistakes as buttons } from '../../pages/demo/mistakes/mistakes'

vi.hoisted(() => {
  // A document that takes everything and shows nothing.
  const anything: unknown = new Proxy(() => {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : anything),
    set: () => true,
    apply: () => anything,
  })
  Object.assign(globalThis, { document: anything })
})

const mistakes = fileURLToPath(new URL('../../pages/demo/mistakes/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mended-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('each problem is a button of the demo, which is called like it', () => {
  const names = buttons.map(({ name }) => name).filter((name) => name !== 'Worker')
  expect(names.sort()).toEqual([...rules, ...rulesOnRequest].map(({ title }) => title).sort())
})

type Mistake = Record<string, () => Promise<unknown>>

let count = 0

/** Runs a program as the demo does, and answers what is found in it, as it stands in a file of its own. */
async function found(code: string, name: string, rule: RuleId) {
  const file = join(folder, `program-${++count}.ts`)
  writeFileSync(file, code)
  const log = record({ budget: 1, linesAsShown: true })
  const uninstall = install()
  try {
    const module = (await import(/* @vite-ignore */ file)) as Mistake
    void module.serveVisitors?.()
    void acceptRequests()
    await createTask(() => module[name]?.(), { name }).result.catch(() => {})
    // A timer is told when it is called after its task.
    if (rule === 'kept-by-timer') await new Promise((resolve) => setTimeout(resolve, 300))
  } finally {
    uninstall()
  }
  const timeline = new Timeline()
  for (;;) {
    const batch = parseBatch(log.since(timeline.head.seq))
    if (batch === null || batch.facts.length === 0) break
    timeline.append(batch.facts, batch.stacks)
  }
  log.stop()
  const { stacks } = timeline.head
  const urls = Object.values(stacks).flatMap((frames) => frames.map(({ url }) => url))
  const texts = new Map(urls.filter((url) => url.endsWith(file)).map((url) => [url, sourceText(code)]))
  return judge(timeline.head, { also: [rule] })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ fix }) =>
      linesToPaste(stacks, fix, texts).map((one) => ({
        ...one,
        number: stacks[one.change.stack ?? -1]?.[one.change.frame]?.line ?? 0,
      })),
    )
}

/** As a person would: the line is pasted over the old one, and what it needs is imported. */
function mended(code: string, fix: Awaited<ReturnType<typeof found>>[number]): string {
  const lines = code.split('\n')
  const top: string[] = []
  for (const { number, old, line, atTop, importing } of fix) {
    // One that belongs below another takes the place of none.
    if (old === null) lines[number - 1] += `\n${line}`
    else {
      expect(lines[number - 1]).toBe(old)
      lines[number - 1] = atTop ? '' : (line ?? '')
    }
    if (importing !== null) top.push(importing)
    if (atTop && line !== null) top.push(line)
  }
  return [...top, ...lines].join('\n')
}

/** Where the line to change makes the variable, it stands in the same file. */
function sourceOf(file: string, rule: RuleId): string {
  const code = readFileSync(join(mistakes, `${file}.ts`), 'utf8')
  if (rule !== 'lookup-without-value') return code
  const shared = readFileSync(join(mistakes, '../request-context.ts'), 'utf8')
  const [made = ''] = /^export const requestId = .*$/m.exec(shared) ?? []
  const imported = "import { ContextVar } from 'contextvars-devtools'"
  return code.replace(/^import .* from '\.\.\/request-context'$/m, `${imported}\n${made}`)
}

test.each<[string, string, RuleId, string[]]>([
  [
    'bare-promise-all',
    'barePromiseAll',
    'out-of-order-reset',
    ["await gather(() => pack('the teapot', 10), () => pack('the cups', 30))"],
  ],
  ['left-in-task', 'leftInTask', 'left-in-copy', ['await signIn()']],
  [
    'lookup-without-value',
    'lookupWithoutValue',
    'lookup-without-value',
    ["export const requestId = new ContextVar<string | null>('requestId', { default: null })"],
  ],
  [
    'set-after-spawn',
    'setAfterSpawn',
    'set-too-late',
    [
      "const receipt = createTask(() => { currentUser.set({ id: 5, name: 'Margaret' }); return sendReceipt() }, { name: 'receipt' })",
    ],
  ],
  [
    'token-in-another-context',
    'tokenInAnotherContext',
    'token-other-context',
    ['using _token = requestId.set(nextRequestId())', 'await delay(10).finally(() => {})'],
  ],
  [
    'token-used-twice',
    'tokenUsedTwice',
    'token-used-twice',
    ["using _token = currentUser.set({ id: 9, name: 'manager' })", '', ''],
  ],
  [
    'token-on-another-variable',
    'tokenOnAnotherVariable',
    'token-other-variable',
    ['requestId.reset(request)', 'parcel.reset(label)'],
  ],
  [
    'carried-to-the-next',
    'carriedToTheNext',
    'carried-over',
    ["const waitForCall = () => new Context().run(() => telephone.addEventListener('call', answer, { once: true }))"],
  ],
  [
    'timer-left-running',
    'timerLeftRunning',
    'kept-by-timer',
    ['timer = new Context().run(() => setInterval(lookAtTheKettle, 250))'],
  ],
  [
    'outlived-value',
    'outlivedValue',
    'outlived-value',
    ["if (!isWriting) new Context().run(() => createTask(write, { name: 'writer' }))"],
  ],
  [
    'default-that-changes',
    'defaultThatChanges',
    'default-changed',
    ["const extras = new ContextVar<readonly string[]>('extras', { default: Object.freeze([]) })"],
  ],
  ['entered-twice', 'enteredTwice', 'already-entered', ["till.copy().run(() => log('counts the money'))"]],
  [
    'left-out-of-data',
    'leftOutOfData',
    'not-reduced',
    ["registerContextVar(table, 'app', 'table', { validate: false })"],
  ],
  // It leaves its user in the base context, where all that comes after it would start.
  ['forgotten-reset', 'forgottenReset', 'forgotten-reset', ['using _token = currentUser.set(user)']],
])('%s', async (file, name, rule, lines) => {
  let code = sourceOf(file, rule).replaceAll("from '../", `from '${join(mistakes, '../')}`)
  const pasted: string[] = []
  for (let round = 0; round < 2; round++) {
    const [fix] = await found(code, name, rule)
    if (fix === undefined) break
    pasted.push(...fix.map(({ line }) => line?.trim() ?? ''))
    code = mended(code, fix)
  }
  expect(pasted).toEqual(lines)
  expect(await found(code, name, rule)).toEqual([])
})
