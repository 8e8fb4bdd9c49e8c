// An application that is written for TC39's AsyncContext: it runs, the panel shows it, and no problem is found in it. And what the web's own
// APIs do, beside what the proposal wants of them.

import { expect } from 'playwright/test'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { details, problems, readOut, row, value } from './harness/panel'

journey('a page for the standard is seen in the panel', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/async-context/`)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Order' }).click()
  await expect(tab.page.locator('#log')).toContainText('all done')
  expect((await tab.page.locator('#log').textContent())?.match(/\[[^\]]*\] \w+( for)? \w+/g)?.sort()).toEqual([
    '[order 1, kitchen] cooked tea',
    '[order 1, none] served tea',
    '[order 1, stock] asked for tea',
    '[order 2, kitchen] cooked cake',
    '[order 2, none] served cake',
    '[order 2, stock] asked for cake',
    '[undefined, none] all done',
  ])

  await expect(row(tab, 'request = "order')).toHaveCount(2)
  await expect(row(tab, 'span')).toHaveCount(4)
  await row(tab, 'request').first().click()
  await expect(value(tab, 'request')).toContainText('"order 1"')
  await expect(value(tab, 'request')).toContainText('own')
  await expect(value(tab, 'request').getByRole('button', { name: /page\.js:\d+/ })).toBeVisible()
  await row(tab, 'span').first().click()
  await expect(value(tab, 'request')).toContainText('inherited from request')
  await expect(details(tab)).not.toContainText('open')
  expect((await readOut(tab)).join()).not.toMatch(/open|warning|note/)
  await expect(problems(tab)).toContainText('No problems')
})

/** What a case says of the variable, as the proposal wants it and as it is. */
interface WebCase {
  proposal: string
  /** Where it differs. */
  here?: string
  /** Evaluated in the page, where `as` runs a function under a value and `seen` is what variables have. */
  body: string
}

const cases: Record<string, WebCase> = {
  'setTimeout, requestAnimationFrame, requestIdleCallback, postTask, queueMicrotask': {
    proposal: 'caller, caller, caller, caller, caller',
    body: `Promise.all([
      (fn) => setTimeout(fn), (fn) => requestAnimationFrame(fn), (fn) => requestIdleCallback(fn),
      (fn) => scheduler.postTask(fn), (fn) => queueMicrotask(fn),
    ].map((call) => new Promise((done) => as('caller', () => call(() => done(seen())))))).then(String)`,
  },
  'fetch, awaited and by then': {
    proposal: 'caller,caller',
    body: `as('caller', async () => {
      await fetch('./install.js')
      return [seen(), await fetch('./install.js').then(seen)].join()
    })`,
  },
  'a listener, and a handler: dispatched in the page, and by the browser': {
    proposal: 'dispatcher,dispatcher,nobody',
    body: `new Promise((done) => {
      const said = []
      const tell = () => said.push(seen())
      as('registers', () => {
        document.body.addEventListener('click', tell)
        document.body.onclick = tell
        addEventListener('hashchange', () => done([...said, seen()].join()))
      })
      as('dispatcher', () => document.body.click())
      as('dispatcher', () => (location.hash = 'elsewhere'))
    })`,
  },
  XMLHttpRequest: {
    proposal: 'sender',
    body: `new Promise((done) => {
      const request = new XMLHttpRequest()
      request.open('GET', './install.js')
      as('registers', () => request.addEventListener('load', () => done(seen())))
      as('sender', () => request.send())
    })`,
  },
  'abort of a signal': {
    proposal: 'aborts',
    body: `new Promise((done) => {
      const controller = new AbortController()
      as('registers', () => controller.signal.addEventListener('abort', () => done(seen())))
      as('aborts', () => controller.abort())
    })`,
  },
  'a message': {
    proposal: 'nobody',
    body: `new Promise((done) => {
      const { port1, port2 } = new MessageChannel()
      as('registers', () => (port1.onmessage = () => done(seen())))
      as('sender', () => port2.postMessage(0))
    })`,
  },
  'an observer': {
    proposal: 'nobody',
    here: 'maker',
    body: `new Promise((done) => {
      const observer = as('maker', () => new MutationObserver(() => done(seen())))
      observer.observe(document.body, { attributes: true })
      as('changes', () => document.body.setAttribute('lang', 'en'))
    })`,
  },
  'an error that nobody caught': {
    proposal: 'throws',
    here: 'nobody',
    body: `new Promise((done) => {
      as('registers', () => addEventListener('error', (event) => { event.preventDefault(); done(seen()) }, { once: true }))
      as('throws', () => setTimeout(() => { throw new Error('on purpose') }))
    })`,
  },
  'a rejection that nobody handled': {
    proposal: 'rejects',
    here: 'nobody',
    body: `new Promise((done) => {
      addEventListener('unhandledrejection', (event) => { event.preventDefault(); done(seen()) }, { once: true })
      as('rejects', () => { Promise.reject(new Error('on purpose')) })
    })`,
  },
  'the load of an image': {
    proposal: 'inserts',
    here: 'nobody',
    body: `new Promise((done) => {
      const image = new Image()
      as('registers', () => (image.onload = () => done(seen())))
      as('inserts', () => (image.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'))
    })`,
  },
  'success of a database': {
    proposal: 'opens',
    here: 'nobody',
    body: `new Promise((done) => {
      const request = as('opens', () => indexedDB.open('a'))
      as('registers', () => (request.onsuccess = () => done(seen())))
    })`,
  },
  'the pull of a stream': {
    proposal: 'reads',
    here: 'maker',
    body: `new Promise((done) => {
      const stream = as('maker', () => new ReadableStream({ pull: () => done(seen()) }, { highWaterMark: 0 }))
      as('reads', () => void stream.getReader().read())
    })`,
  },
  'a module that is imported': {
    proposal: 'nobody',
    body: `as('imports', () => import('data:text/javascript,export default globalThis.seen()')).then((module) => module.default)`,
  },
}

journey('what the web calls has the context of the proposal, but for what the README lists', async ({ tab, site }) => {
  await tab.page.goto(`${site.origin}/async-context/`)
  await tab.page.evaluate(`
    const variable = new AsyncContext.Variable({ defaultValue: 'nobody' })
    globalThis.as = (value, fn) => variable.run(value, fn)
    globalThis.seen = () => variable.get()
  `)
  const said: Record<string, unknown> = {}
  const expected: Record<string, string> = {}
  for (const [name, { proposal, here = proposal, body }] of Object.entries(cases)) {
    said[name] = String(await tab.page.evaluate(body)).replaceAll(', ', ',')
    expected[name] = here.replaceAll(', ', ',')
  }
  expect(said).toEqual(expected)
})
