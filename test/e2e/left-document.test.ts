// Code of a document that was left may run on: a callback on its way, or a function that another window kept. Its `globalThis` is then the
// next document's, where nothing of ours may appear: the host calls no microtask of a document that was left.

import { expect } from 'playwright/test'
import { journey } from './harness/journey'

/** In the page. Answers what the next document of a frame looks like when code of the one before has run once more. */
async function leave(how: 'reload' | 'elsewhere'): Promise<{ source: string; ran: string[] }> {
  const frame = document.createElement('iframe')
  const load = (begin: () => void) =>
    new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true })
      begin()
    })
  const inFrame = () => frame.contentWindow as unknown as typeof globalThis & { later?: () => unknown }
  frame.src = location.href
  await load(() => document.body.append(frame))
  const script = Object.assign(inFrame().document.createElement('script'), {
    type: 'module',
    textContent: `import { install, wrap } from '/runtime/async.js'; install(); globalThis.later = wrap(() => globalThis)`,
  })
  inFrame().document.body.append(script)
  while (inFrame().later === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
  const later = inFrame().later as () => unknown

  await load(() => {
    if (how === 'reload') inFrame().location.reload()
    else frame.src = `${location.pathname}?next`
  })
  if (later() !== inFrame()) throw new Error('code of the old document was expected to mean the next one')
  const source = String(inFrame().queueMicrotask)
  const ran: string[] = []
  inFrame().queueMicrotask(() => ran.push('queueMicrotask'))
  inFrame()
    .Promise.resolve()
    .then(() => ran.push('then'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  return { source, ran }
}

journey.for(['reload', 'elsewhere'] as const)(
  'code of a document that was left puts nothing into the next: %s',
  async (how, { tab, site }) => {
    await tab.page.goto(`${site.origin}/plain/`)
    const { source, ran } = await tab.page.evaluate(leave, how)
    expect(source).toContain('[native code]')
    expect(ran).toEqual(['queueMicrotask', 'then'])
  },
)
