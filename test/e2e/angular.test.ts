// An application of Angular that detects changes by zone.js, its own and of several versions, does the same with contexts as
// without, whichever was loaded first; and contexts follow it through everything that zone.js has replaced.

import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright'
import { expect } from 'vitest'
import { showPanel, takePicture } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { serve } from '../../scripts/serve.mjs'
import type { Entry } from '../pages/angular/diary'
import { answers } from './harness/answers'
import { type BundleOptions, bundle } from './harness/bundle'
import { journey, output } from './harness/journey'
import { row, value } from './harness/panel'
import { openSettings, setting } from './harness/settings-menu'
import { zoneFacts } from './harness/zone-facts'

const documents = ['plain.html', 'after.html', 'before.html']
/** zone.js cannot follow native await, so a build for it makes generators of async functions: those of everything. */
const generators = { target: 'es2016' }
const newerZone = { alias: [{ find: /^zone-of-the-page$/, replacement: 'zone.js' }] }

const builds: Record<string, BundleOptions> = {
  'zone.js 0.15.1, native await': { name: 'angular-native' },
  'zone.js 0.15.1, await made into generators': { name: 'angular-generators', ...generators },
  'zone.js 0.16.3, native await': { name: 'angular-newer', ...newerZone },
}

const click = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()

/** What a person does, and what is noted at the end of it. */
const actions: [what: string, act: (page: Page) => Promise<void>, end: string[]][] = [
  ['a click', click('Add'), ['add']],
  ['typing', (page) => page.getByRole('textbox', { name: 'Name' }).pressSequentially('Alan'), []],
  [
    'two requests at once',
    async (page) => {
      await click('Slow load')(page)
      await click('Fast load')(page)
    },
    ['Grace: rendered', 'Ada: rendered'],
  ],
  ['awaits', click('Load by await'), ['Guido: timer']],
  ['an observable', click('Count down'), ['count down: over']],
  ['promises of two in one queue', click('Both'), ['Edsger: second', 'Frances: second']],
  ['a timer outside of the zone', click('Outside'), ['outside']],
  ['a new input for the child', click('Replace'), []],
  ['a timer of the child', click('Print'), ['print: timer']],
]

interface Outcome {
  html: Record<string, string[]>
  /** Of the zone: how often it was stable and unstable by then. */
  counts: Record<string, unknown>
  diary: Entry[]
  cameBackToSameContext: boolean | null
  errors: string[]
}

async function use(page: Page, open: () => Promise<unknown>): Promise<Outcome> {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await open()
  await page.waitForFunction('globalThis.counts')
  const html: Outcome['html'] = {}
  const counts: Outcome['counts'] = {}
  for (const [what, act, end] of actions) {
    await act(page)
    const noted = `${JSON.stringify(end)}.every((end) => diary.some(({ point }) => point === end))`
    await page.waitForFunction(`${noted} && counts.isStable`)
    html[what] = (await page.locator('order-desk').innerHTML()).split(/(?=<)/)
    counts[what] = await page.evaluate('({ ...counts })')
  }
  const [diary, cameBackToSameContext] = await page.evaluate<[Entry[], boolean | null]>(
    '[diary, cameBackToSameContext]',
  )
  return { html, counts, diary, cameBackToSameContext, errors }
}

const inZones = ({ diary }: Outcome) => strands(diary.map(({ point, zone }) => `${point} in ${zone}`))

/** Two requests race each other; the order of each is certain. */
function strands(lines: string[]): string[] {
  const strand = (line: string) => line.split(':')[0] ?? ''
  return lines.toSorted((a, b) => strand(a).localeCompare(strand(b)))
}

/** The customers whom work was for that does not say so in its name; a person's click is nobody's. */
const customers: Record<string, string> = {
  add: 'nobody',
  'click for Ada': 'nobody',
  'click for Grace': 'nobody',
  'count down: tick': 'Barbara',
  'count down: over': 'Barbara',
  outside: 'Katherine',
  'print: timer': 'Margaret',
}
const customerOf = (point: string) => customers[point] ?? point.split(':')[0]

function expectContexts({ diary }: Outcome): void {
  const seen = diary.map(({ point, who }) => `${point} for ${who}`)
  expect(seen).toEqual(diary.map(({ point }) => `${point} for ${customerOf(point)}`))
}

const desk = journey.extend('origin', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
  const folders: Record<string, string> = {}
  for (const options of Object.values(builds)) {
    folders[`/${options.name}/`] = await bundle(dist, 'angular', documents, options)
  }
  const site = await serve(folders, answers)
  onCleanup(site.close)
  return site.origin
})

for (const [build, { name, target }] of Object.entries(builds)) {
  for (const order of ['after', 'before']) {
    desk(`${build}: Angular with contexts installed ${order} it`, async ({ tab: { page }, origin }) => {
      const plain = await use(page, () => page.goto(`${origin}/${name}/plain.html`))
      const facts = await page.evaluate(zoneFacts)
      const outcome = await use(page, () => page.goto(`${origin}/${name}/${order}.html`))
      expect(plain.html['a click']).toContain('<h1>1 orders, hello nobody')
      expect(plain.html['two requests at once']).toContain('<li>TEA OF ADA')
      expect(outcome.html).toEqual(plain.html)
      expect(outcome.counts).toEqual(plain.counts)
      expect(inZones(outcome)).toEqual(inZones(plain))
      expect([...plain.errors, ...outcome.errors]).toEqual([])
      expectContexts(outcome)
      // A generator that stands for an async function goes on in callbacks of promises: those run in copies.
      expect(outcome.cameBackToSameContext).toBe(target === undefined)
      expect(await page.evaluate(zoneFacts)).toEqual(facts)
    })
  }
}

desk('Angular is recorded, and works as it did', async ({ tab, origin }) => {
  const { page } = tab
  const url = `${origin}/angular-native`
  const plain = await use(page, () => page.goto(`${url}/plain.html`))
  await page.goto(`${url}/after.html`)
  await showPanel(tab)
  const outcome = await use(page, () => reloadAndRecord(tab))
  expect(outcome.html).toEqual(plain.html)
  expect(outcome.counts).toEqual(plain.counts)
  expect(outcome.errors).toEqual([])
  expectContexts(outcome)
  await row(tab, 'base').waitFor()
})

async function showZones(panel: FrameLocator): Promise<void> {
  await openSettings(panel)
  await setting(panel, 'Zones', 'Shown as contexts').check()
  await panel.locator('body').press('Escape')
}

desk('its zones are contexts where somebody asks for them', async ({ tab, origin }) => {
  const { page, panel } = tab
  const url = `${origin}/angular-native/plain.html`
  const plain = await use(page, () => page.goto(url))
  await showPanel(tab)
  await showZones(panel)
  const outcome = await use(page, () => reloadAndRecord(tab))
  expect(outcome.html).toEqual(plain.html)
  expect(outcome.counts).toEqual(plain.counts)
  expect(inZones(outcome)).toEqual(inZones(plain))
  expect(outcome.errors).toEqual([])
  await row(tab, 'angular').click()
  await value(tab, 'isAngularZone').getByText('true').waitFor()
  await panel.getByRole('tab', { name: /^Problems$/ }).waitFor()
  await takePicture(tab, join(output, 'screenshots/zones-of-angular.png'))
})

desk(
  'and contexts of the page’s own beside them, which come after zone.js and before the first zone',
  async ({ tab, origin }) => {
    const { page, panel } = tab
    const url = `${origin}/angular-native/after.html`
    const unrecorded = await use(page, () => page.goto(url))
    await showPanel(tab)
    await showZones(panel)
    const outcome = await use(page, () => reloadAndRecord(tab))
    expect(outcome.html).toEqual(unrecorded.html)
    expect(outcome.counts).toEqual(unrecorded.counts)
    expect(outcome.errors).toEqual([])
    expectContexts(outcome)
    const find = panel.getByRole('textbox', { name: 'Find in contexts and values' })
    await find.fill('copy')
    await row(tab, 'copy').first().waitFor()
    await find.fill('')
    await row(tab, 'angular').click()
    await value(tab, 'isAngularZone').getByText('true').waitFor()
    await takePicture(tab, join(output, 'screenshots/zones-and-contexts.png'))
  },
)
