// How a page is recorded, as it is chosen in the real panel: from the first script of a reload on, in every document, and found
// again as it was left.

import type { Frame, Page } from 'playwright'
import { expect } from 'playwright/test'
import { type Fact, NOT_TAKEN, OUTLET_KEY, type Settings } from '../../runtime/protocol'
import { showPanel } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { visitFrames } from './harness/frames'
import { quickJourney as journey, visit } from './harness/journey'
import { row, status } from './harness/panel'
import { openSettings, setting, settingsMenu, standing } from './harness/settings-menu'

/** How a document is recorded now, as its own recorder says. */
const held = (document: Page | Frame): Promise<Settings> =>
  document.evaluate((outlet) => JSON.parse(Reflect.get(globalThis, outlet).configure('{}')), OUTLET_KEY)

/** The same where it may not be recorded yet. */
const stacksOf = (document: Page | Frame): Promise<Settings['stacks'] | null> =>
  held(document).then(
    ({ stacks }) => stacks,
    () => null,
  )

const factsOf = (document: Page | Frame): Promise<Fact[]> =>
  document.evaluate((outlet) => JSON.parse(Reflect.get(globalThis, outlet).since(0)).facts, OUTLET_KEY)

journey('what is chosen holds at once, and from the first script of the next recording on', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await openSettings(tab.panel)
  await expect(standing(tab.panel)).toHaveText('This page is recorded like that now.')
  // What other browsers do not allow, this one does.
  await expect(settingsMenu(tab.panel).getByRole('heading')).toHaveCount(0)
  await setting(tab.panel, 'Call stacks', 'None').check()
  await setting(tab.panel, 'Pictures of values', 'Small').check()
  await setting(tab.panel, 'The page’s log', '20,000 facts').check()
  await setting(tab.panel, 'Callbacks that touch nothing', 'Each recorded').check()
  const chosen = { stacks: 'none', facts: 20_000, bytes: 16 * 2 ** 20, callbacks: 'told', previews: 'small' }
  await expect.poll(() => held(tab.page)).toMatchObject(chosen)
  await expect(standing(tab.panel)).toHaveText('This page is recorded like that now.')
  await tab.devtools.keyboard.press('Escape')
  await expect(settingsMenu(tab.panel)).toBeHidden()

  await reloadAndRecord(tab)
  await row(tab, 'base').click()
  const stacks = (await factsOf(tab.page)).flatMap((fact) =>
    'stack' in fact && fact.stack !== null ? [fact.stack] : [],
  )
  expect(stacks.length).toBeGreaterThan(0)
  expect(new Set(stacks)).toEqual(new Set([NOT_TAKEN]))
  await tab.page.evaluate(() => void setTimeout(() => {}, 1_000_000))
  await expect(row(tab, 'setTimeout')).toBeVisible()

  // It is found again as it was left.
  await tab.devtools.reload()
  await showPanel(tab)
  await expect(status(tab)).toContainText('Recorded from the start')
  await openSettings(tab.panel)
  await expect(setting(tab.panel, 'Call stacks', 'None')).toBeChecked()
  await settingsMenu(tab.panel).getByRole('button', { name: 'Restore defaults' }).click()
  await expect(setting(tab.panel, 'Call stacks', 'All, within a budget')).toBeChecked()
  await expect
    .poll(() => held(tab.page))
    .toMatchObject({ stacks: 'all', facts: 200_000, bytes: 64 * 2 ** 20, callbacks: 'counted' })
})

journey('where a page has no runtime, listeners run by the policy that is chosen', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  const isOffered = () => tab.page.evaluate(() => 'contextvars' in globalThis && !('left' in globalThis))
  /** What a listener sees that is added in one task and called in another. */
  const heard = () =>
    tab.page.evaluate(async () => {
      type Offered = typeof import('contextvars-devtools') & typeof import('contextvars-devtools/async')
      const { ContextVar, createTask }: Offered = Reflect.get(globalThis, 'contextvars')
      const user = new ContextVar('user', { default: 'nobody' })
      const seen: string[] = []
      const inTask = (name: string, work: () => void) =>
        createTask(
          () => {
            user.set(name)
            work()
          },
          { name },
        ).result
      await inTask('adder', () => addEventListener('greeting', () => void seen.push(user.get())))
      await inTask('caller', () => void dispatchEvent(new Event('greeting')))
      return seen
    })
  for (const [policy, found] of [
    ['Where they were added', 'adder'],
    ['As their event', 'caller'],
  ] as const) {
    await openSettings(tab.panel)
    await setting(tab.panel, 'Listeners where', policy).check()
    await tab.devtools.keyboard.press('Escape')
    await tab.page.evaluate(() => Reflect.set(globalThis, 'left', true))
    await tab.panel.getByRole('button', { name: 'Reload and record' }).first().click()
    await expect.poll(() => isOffered().catch(() => false)).toBe(true)
    expect(await heard()).toEqual([found])
    await expect(row(tab, 'caller')).toBeVisible()
  }
})

journey('each document of a page is asked, wherever it lies, and each that follows', async ({ tab, site }) => {
  await visitFrames(tab, site.origin)
  await openSettings(tab.panel)
  await setting(tab.panel, 'Call stacks', 'Sampled').check()
  /** Of each document that is recorded. */
  const everywhere = async () => {
    const levels = await Promise.all(tab.page.frames().map(stacksOf))
    return levels.filter((level) => level !== null)
  }
  await expect.poll(everywhere).toEqual(Array(5).fill('sampled'))
  await tab.page.goto(`${site.origin}/own-runtime/`)
  await expect.poll(() => stacksOf(tab.page)).toBe('sampled')
  await settingsMenu(tab.panel).getByRole('button', { name: 'Restore defaults' }).click()
  await expect.poll(() => stacksOf(tab.page)).toBe('all')
})

/** A page whose recorder is one of before: what it knows of answering is in `outlet`. */
const forge = (page: Page, configure?: string): Promise<void> =>
  page.evaluate(
    ([key, configure]) => {
      const batch = { protocol: 1, epoch: 'before', facts: [], stacks: {}, last: 0, bytes: 0, capacity: 1 }
      const outlet = {
        since: () => JSON.stringify(batch),
        where: () => JSON.stringify({ epoch: 'before', last: 0, current: null, task: null }),
        ...(configure === undefined ? {} : { configure: () => configure }),
      }
      Object.defineProperty(globalThis, key, { value: outlet })
    },
    [OUTLET_KEY, configure] as const,
  )

journey('a page that takes no settings says so, and one that answers nonsense, too', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await openSettings(tab.panel)
  await expect(standing(tab.panel)).toContainText('Nothing is recorded now')
  await forge(tab.page)
  await expect(standing(tab.panel)).toContainText('is older and has no settings')
  await tab.page.reload()
  await forge(tab.page, '<b>all of them</b>')
  await expect(standing(tab.panel)).toContainText('answers in the place of the recorder')
  await expect(settingsMenu(tab.panel)).not.toContainText('all of them')
})

journey(
  'a panel docked at the right has one line of tools, and in their menus what has no room there',
  async ({ tab, demo }) => {
    const { panel } = tab
    await tab.devtools.setViewportSize({ width: 380, height: 760 })
    await visit(tab, demo)
    await reloadAndRecord(tab)
    const tools = panel.locator('.toolbar > :visible')
    const middles = () =>
      tools.evaluateAll((all) =>
        all.map((tool) => {
          const { top, bottom } = tool.getBoundingClientRect()
          return Math.round((top + bottom) / 2)
        }),
      )
    await expect(panel.getByRole('button', { name: 'Settings', exact: true })).toBeVisible()
    expect(new Set(await middles()).size).toBe(1)

    await panel.getByRole('button', { name: 'Filter', exact: true }).click()
    await panel.getByRole('checkbox', { name: 'Hide ended' }).check()
    await tab.devtools.keyboard.press('Escape')
    // Whoever does not see the box sees that something is left out.
    const filters = panel.getByRole('button', { name: '1 filter', exact: true })
    await expect(filters).toHaveText(/^1/)
    expect(new Set(await middles()).size).toBe(1)

    await openSettings(panel)
    await panel.getByRole('checkbox', { name: 'Preserve log' }).check()
    await tab.devtools.keyboard.press('Escape')
    await tab.page.reload()
    await expect(row(tab, 'until')).toBeVisible()

    // Each is one choice, wherever it stands.
    await tab.devtools.setViewportSize({ width: 1280, height: 760 })
    await expect(panel.getByRole('checkbox', { name: 'Preserve log' })).toBeChecked()
    await expect(panel.getByRole('checkbox', { name: 'Hide ended' })).toBeChecked()
    await filters.click()
    await panel.getByRole('button', { name: 'Clear filters' }).click()
    await expect(panel.getByRole('checkbox', { name: 'Hide ended' })).not.toBeChecked()
  },
)
