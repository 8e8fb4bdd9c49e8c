// Callbacks that only a browser calls run in the context in which they were handed over: the cases by their ids.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { journey } from './harness/journey'

type See = (value?: unknown) => void
/** Hands a callback over that calls `see`; `keep` keeps what must not be collected meanwhile. */
type Case = (see: See, keep: (thing: unknown) => void) => unknown

const cases: Record<string, Case> = {
  'WB-06 requestAnimationFrame, nested': (see) => requestAnimationFrame(() => requestAnimationFrame(() => see())),
  'WB-07 requestIdleCallback': (see) => requestIdleCallback(() => see()),
  'WB-08 scheduler.postTask': (see) =>
    (globalThis as unknown as { scheduler: { postTask(task: () => void): void } }).scheduler.postTask(() => see()),
  'WB-18 MutationObserver': (see, keep) => {
    const observer = new MutationObserver(() => see())
    keep(observer)
    observer.observe(document.body, { attributes: true })
    document.body.title = `${Math.random()}`
  },
  'WB-19 ResizeObserver': (see, keep) => {
    const observer = new ResizeObserver(() => see())
    keep(observer)
    observer.observe(document.body)
  },
  'WB-20 IntersectionObserver': (see, keep) => {
    const observer = new IntersectionObserver(() => see())
    keep(observer)
    observer.observe(document.body)
  },
  'WB-20 PerformanceObserver': (see, keep) => {
    const observer = new PerformanceObserver(() => see())
    keep(observer)
    observer.observe({ entryTypes: ['mark'] })
    performance.mark(`${Math.random()}`)
  },
  'WB-25 MessagePort onmessage': (see, keep) => {
    const { port1, port2 } = new MessageChannel()
    keep(port1)
    port1.onmessage = () => see()
    port2.postMessage(1)
  },
  'WB-36 startViewTransition': (see) => document.startViewTransition?.(() => see()),
  'WB-36 locks.request': (see) => navigator.locks.request(`${Math.random()}`, { mode: 'shared' }, async () => see()),
  'WB-39 canvas.toBlob': (see) => document.createElement('canvas').toBlob(() => see()),
  'FileReader onload': (see, keep) => {
    const reader = new FileReader()
    keep(reader)
    reader.onload = () => see()
    reader.readAsText(new Blob(['x']))
  },
}

journey(
  'a callback of the host runs in the context in which it was handed over',
  async ({ tab: { page }, site, dist }) => {
    await page.goto(`${site.origin}/plain/`)
    await page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })
    const bodies = Object.entries(cases).map(([name, body]) => `[${JSON.stringify(name)}, ${String(body)}]`)
    const seen = await page.evaluate(`(async () => {
    const { ContextVar, createTask } = globalThis.contextvars
    const variable = new ContextVar('variable', { default: 'lost' })
    const kept = []
    const outcomes = {}
    for (const [name, body] of [${bodies.join(',')}]) {
      await createTask(async () => {
        variable.set(name)
        await new Promise((resolve) => {
          body(() => {
            outcomes[name] = variable.get()
            variable.set('set by the callback')
            resolve()
          }, (thing) => kept.push(thing))
          variable.set('set after it was handed over')
        })
        outcomes[name] += ', ' + variable.get()
      }).result
    }
    return outcomes
  })()`)
    const expected = Object.keys(cases).map((name) => [name, `${name}, set after it was handed over`])
    expect(seen).toEqual(Object.fromEntries(expected))
  },
)

journey('WB-32 the callback of a registry runs in the context of its making', async ({ tab: { page }, site, dist }) => {
  await page.goto(`${site.origin}/plain/`)
  await page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })
  await page.evaluate(`
    const { ContextVar, createTask } = globalThis.contextvars
    const variable = new ContextVar('variable', { default: 'lost' })
    createTask(() => {
      variable.set('of the making')
      globalThis.registry = new FinalizationRegistry(() => { globalThis.seen = variable.get() })
    }, { eagerStart: true })
    registry.register({}, 1)
  `)
  const session = await page.context().newCDPSession(page)
  await expect
    .poll(async () => {
      await session.send('HeapProfiler.collectGarbage')
      return page.evaluate('globalThis.seen')
    })
    .toBe('of the making')
})

journey('observers are what they were: instances, statics, subclasses', async ({ tab: { page }, site, dist }) => {
  await page.goto(`${site.origin}/plain/`)
  const look = `(() => {
    class Mine extends MutationObserver { mine() { return 1 } }
    const observer = new Mine(() => {})
    let refused
    try { new ResizeObserver(5) } catch (error) { refused = error.name + error.message }
    let called
    try { MutationObserver() } catch (error) { called = error.name }
    return [observer instanceof MutationObserver, observer.mine(), observer.constructor === Mine,
      new ResizeObserver(() => {}).constructor === ResizeObserver, MutationObserver.name, MutationObserver.length,
      PerformanceObserver.supportedEntryTypes.length > 0, refused, called, requestIdleCallback.name, requestIdleCallback.length]
  })()`
  const before = await page.evaluate(look)
  await page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })
  await page.evaluate('globalThis.uninstall = globalThis.contextvars.install()')
  expect(await page.evaluate(look)).toEqual(before)
})
