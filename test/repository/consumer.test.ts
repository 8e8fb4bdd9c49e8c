// Somebody else's application, in TypeScript: it imports the package by its name and has its types, however it resolves them.

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'

const application = join(root, 'test/.output/consumer')

const program = `
import { type Context, ContextVar, copyContext, globalContextReducer, registerContextVar, type Token } from 'contextvars-devtools'
import { createTask, gather, install, type Task, TaskGroup } from 'contextvars-devtools/async'
import { context as otel, trace } from '@opentelemetry/api'
import { type AttachedContext, ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'
import { AsyncContext, install as installAsyncContext } from 'contextvars-devtools/async-context'
import { formatInConsole, showTracks } from 'contextvars-devtools/chrome'
import { record } from 'contextvars-devtools/recorder'
import { assertNoProblems } from 'contextvars-devtools/testing'
import { carryContext } from 'contextvars-devtools/worker'

const uninstall: () => void = install()
const recording = record()
const user = new ContextVar<string>('user', { default: 'nobody' })
const token: Token<string> = user.set('Ada')
const context: Context = copyContext()
const length: number = context.run(() => user.get().length)
const task: Task<number> = createTask(async () => length)
const both: Promise<readonly number[]> = gather(async () => 1, async () => 2)
user.reset(token)
registerContextVar(user, { __name__: 'shop', user })
const restored: Context = globalContextReducer.restore(JSON.parse(JSON.stringify(context)))
const worker: Worker = carryContext(new Worker('worker.js'))
carryContext(new MessageChannel().port1).onmessage = ({ data }) => data
otel.setGlobalContextManager(new ContextVarsContextManager({ events: 'registration' }).enable())
const traced: number = otel.with(trace.setSpan(otel.active(), trace.getTracer('shop').startSpan('buy')), () => length)
const attached: AttachedContext = new ContextVarsContextManager().attach(otel.active())
// @ts-expect-error There is no such policy.
new ContextVarsContextManager({ events: 'always' })
// @ts-expect-error Nothing can be posted there.
carryContext({})
const uninstallBoth: () => void = installAsyncContext({ events: 'cause' })
const stops: (() => void)[] = [showTracks({ every: 50 }), formatInConsole()]
const span: AsyncContext.Variable<number> = new AsyncContext.Variable<number>({ name: 'span', defaultValue: 0 })
const sum: number = span.run(1, (a, b) => a + b, 2, 3)
const snapshot: AsyncContext.Snapshot = new AsyncContext.Snapshot()
const later: (by: number) => number = AsyncContext.Snapshot.wrap((by: number) => snapshot.run(() => span.get() ?? by))
// @ts-expect-error A variable of numbers runs with no string.
span.run('one', () => {})
async function block() {
  using _ = user.set('Grace')
  await using group = new TaskGroup()
  group.createTask(async () => 3)
}
// @ts-expect-error A variable of strings holds no number.
user.set(7)
// @ts-expect-error There is no such thing, and it is not any.
recording.pretend()
export { assertNoProblems, attached, block, both, later, restored, stops, sum, task, traced, uninstall, uninstallBoth, worker }
`

beforeAll(() => {
  rmSync(application, { recursive: true, force: true })
  mkdirSync(join(application, 'node_modules'), { recursive: true })
  symlinkSync(root, join(application, 'node_modules/contextvars-devtools'), 'junction')
  writeFileSync(join(application, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(application, 'program.ts'), program)
})

for (const [module, moduleResolution] of [
  ['esnext', 'bundler'],
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
] as const) {
  test(`its types are found by ${moduleResolution}`, () => {
    // As Vite's template has it: nothing in it names what `using` needs.
    const options = { module, moduleResolution, target: 'es2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'] }
    writeFileSync(
      join(application, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, strict: true, noEmit: true, types: [] }, files: ['program.ts'] }),
    )
    expect(complaints()).toBe('')
  })
}

function complaints(): string {
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', application], {
      encoding: 'utf8',
    })
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
  }
}
