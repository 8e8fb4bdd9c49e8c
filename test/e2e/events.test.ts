// Events in a page that uses contexts mean what they mean in one that does not: each case runs in both, and the outcomes are
// compared. Here is what only a browser has; what Node has, too, is in test/async/listeners.test.ts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { journey } from './harness/journey'

type Case = (log: (entry: unknown) => void) => void | Promise<void>

const cases: Record<string, Case> = {
  'passive is each listener’s own'(log) {
    for (const passive of [true, false]) {
      const target = document.createElement('div')
      for (const each of [passive, !passive]) {
        target.addEventListener('wheel', (event) => each || event.preventDefault(), { passive: each })
      }
      log(target.dispatchEvent(new WheelEvent('wheel', { cancelable: true })))
    }
  },
  async 'errors are reported where they are thrown, and stop nothing else'(log) {
    const target = document.createElement('button')
    const told = (event: ErrorEvent) => {
      log(event.message)
      event.preventDefault()
    }
    window.addEventListener('error', told)
    target.onclick = () => {
      throw new Error('of the handler')
    }
    target.addEventListener('click', () => {
      throw null
    })
    target.addEventListener('click', () => log('last'))
    target.click()
    log('dispatched')
    window.removeEventListener('error', told)
  },
  'a handler keeps its place when it is replaced, and is read back as it was set'(log) {
    const target = document.createElement('button')
    const handler = () => log('second handler')
    target.onclick = () => log('first handler')
    target.addEventListener('click', () => log('listener'))
    target.onclick = handler
    log(target.onclick === handler)
    target.click()
    target.onclick = null
    log(target.onclick)
    target.click()
  },
  'an attribute replaces a handler, and is there after it was read'(log) {
    const target = document.createElement('button')
    target.onclick = () => log('never')
    target.setAttribute('onclick', 'this.title = "attribute"')
    log(typeof target.onclick)
    target.click()
    log(target.outerHTML)
  },
  'what is no function'(log) {
    const target = document.createElement('button')
    Object.assign(target, { onclick: 'text' })
    log(target.onclick)
    const listener = { handleEvent: () => log('never') }
    Object.assign(target, { onclick: listener })
    log((target.onclick as unknown) === listener)
    target.click()
  },
  'a handler’s false prevents, and handlers of the body are the window’s'(log) {
    const box = Object.assign(document.createElement('input'), { type: 'checkbox' })
    box.onclick = () => false
    box.click()
    log(box.checked)
    const handler = () => log('called')
    document.body.onblur = handler
    log(window.onblur === handler)
    window.dispatchEvent(new Event('blur'))
    document.body.onblur = null
  },
  'a form whose fields have the names of methods'(log) {
    const form = document.createElement('form')
    form.innerHTML = '<input name="constructor"><input name="removeEventListener">'
    form.addEventListener('x', () => log('called'), { once: true })
    for (let i = 0; i < 2; i++) form.dispatchEvent(new Event('x'))
  },
  'nothing is left on a target'(log) {
    const target = document.createElement('div')
    target.addEventListener('click', () => {})
    target.onclick = () => {}
    log(Reflect.ownKeys(target))
  },
}

journey('events mean what they always mean', async ({ tab: { page }, site, dist }) => {
  const outcomes = async (setUp: string): Promise<Record<string, unknown>> => {
    await page.goto(`${site.origin}/plain/`)
    await page.evaluate(setUp)
    const seen: Record<string, unknown> = {}
    for (const [name, body] of Object.entries(cases)) {
      const method = `({ ${String(body)} })[${JSON.stringify(name)}]`
      seen[name] = await page.evaluate(`(async () => {
        const seen = []
        await (${method})((entry) => seen.push(entry))
        return seen
      })()`)
    }
    return seen
  }
  const plain = await outcomes('')
  const script = readFileSync(join(dist, 'runtime/inject.js'), 'utf8')
  const followed = await outcomes(`${script};void globalThis.contextvars.install`)
  expect(followed).toEqual(plain)
  for (const seen of Object.values(plain)) expect(seen).not.toEqual([])
})

journey('a page still asks before it is left', async ({ tab: { page }, site, dist }) => {
  await page.goto(`${site.origin}/plain/`)
  await page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })
  await page.evaluate(
    'void globalThis.contextvars.install; window.onbeforeunload = () => "unsaved"; document.body.tabIndex = 0',
  )
  await page.locator('body').click()
  const asked = page.waitForEvent('dialog')
  const leaving = page.goto(`${site.origin}/own-runtime/`)
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await leaving
})
