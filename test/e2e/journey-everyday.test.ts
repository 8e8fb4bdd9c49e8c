// What people do with the panel from day to day, in DevTools: they look at contexts over time, take along what they found, ask who holds
// a variable, compare, filter, search, and open what somebody sent.

import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect } from 'playwright/test'
import { parseRecording } from '../../panel/model/recording'
import { type Tab, wearTheme } from '../../scripts/devtools.mjs'
import type { Browser } from '../../scripts/launch.mjs'
import { exportRecording, reloadAndRecord, saved } from '../../scripts/panel.mjs'
import { clipboardOf, pasteInto } from './harness/clipboard'
import { drop, pickUp } from './harness/drag'
import { brightness } from './harness/everything'
import { downloads, quickJourney as journey, visit } from './harness/journey'
import { details, problems, row, status, tree } from './harness/panel'

const button = ({ panel }: Tab, name: string | RegExp) => panel.getByRole('button', { name, exact: true })
const moment = ({ panel }: Tab) => panel.getByRole('slider', { name: 'Moment that is shown' })
const open = ({ panel }: Tab, name: 'Events' | 'Lanes' | 'Variables') => panel.getByRole('tab', { name }).click()
const part = ({ panel }: Tab, name: string) => panel.getByRole('tabpanel', { name })

/** The demo, recorded, after somebody pressed these of its buttons. */
async function demoWith(tab: Tab, demo: string, ...buttons: string[]): Promise<void> {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Bob').waitFor()
  for (const name of buttons) await tab.page.getByRole('button', { name, exact: true }).click()
}

/** What is copied when somebody presses that. */
async function copied(browser: Browser, tab: Tab, name: string, notice: string): Promise<string> {
  await button(tab, name).first().click()
  await expect(tab.panel.locator('.notice')).toHaveText(notice)
  return clipboardOf(browser, tab)
}

async function listOnlyValues({ panel }: Tab): Promise<void> {
  const others = panel
    .getByRole('toolbar', { name: 'Which events' })
    .getByRole('button', { pressed: true })
    .filter({ hasNotText: 'Values' })
  while ((await others.count()) > 0) await others.first().click()
}

journey('lanes: a mark turns to its moment and its context, keys step and zoom', async ({ tab, demo }) => {
  await demoWith(tab, demo, 'New request')
  await row(tab, 'R-1').waitFor()
  await open(tab, 'Lanes')
  const lane = (name: string) => tab.panel.getByRole('option', { name: new RegExp(`^${name}, `) })
  await lane('R-1').locator('.lane-mark.set').first().click()
  await expect(moment(tab)).toHaveAttribute('aria-valuetext', /^fact \d+, set requestId = "R-1"/)
  await expect(details(tab).getByRole('heading', { name: /^R-1/ })).toBeVisible()
  const at = await moment(tab).inputValue()
  await tab.devtools.keyboard.press('ArrowRight')
  await expect(moment(tab)).not.toHaveValue(at)
  await tab.devtools.keyboard.press('+')
  await expect(button(tab, 'Fit')).toBeEnabled()
  await button(tab, 'Fit').click()
  await expect(button(tab, 'Fit')).toBeDisabled()
  await expect(button(tab, 'Fit')).toBeFocused()
  await button(tab, 'Back to live').click()
  await expect(moment(tab)).toHaveAttribute('aria-valuetext', 'live')
  await expect(moment(tab)).toBeFocused()
})

journey(
  'lanes: a hop tells of its stack, whose lines are those that were written, and can be taken along',
  async ({ browser, tab, demo }) => {
    await demoWith(tab, demo, 'New request')
    await row(tab, 'stock').waitFor()
    await open(tab, 'Lanes')
    await row(tab, 'stock').click()
    await tab.panel.locator('.lane-hop-end[title^="task stock was copied from"]').click()
    const hop = tab.panel.getByRole('region', { name: 'Hop' })
    await expect(hop.getByRole('heading')).toHaveText(/^stock was copied from R-1$/)
    await expect(hop.locator('.origins')).toHaveText(/^BycreateTask.+Took along(currentUser and )?requestId$/)
    await expect(hop.getByRole('listitem').first()).toHaveText(/^handleRequest desk\.ts:\d+:\d+$/)
    expect(await copied(browser, tab, 'Copy stack', 'Call stack copied')).toMatch(
      /^ {4}at handleRequest \(http.+\/desk\.ts:\d+:\d+\)/,
    )
    await hop.locator('.moment').click()
    await expect(moment(tab)).toHaveAttribute('aria-valuetext', /task stock was copied from task R-1/)
    // DevTools keeps what it does with Escape for itself.
    await tab.devtools.keyboard.press('Escape')
    await expect(hop).toBeHidden()
  },
)

journey('a context is copied as text, JSON and Markdown, and by Ctrl+C on its row', async ({ browser, tab, demo }) => {
  await demoWith(tab, demo)
  await row(tab, 'Alice').click()
  expect(await copied(browser, tab, 'Text', 'Context copied as Text')).toMatch(
    /^base › Alice \(task, context \d+, alive\)\n[\s\S]*client = "Alice" {2}own, quickstart\.ts:\d+/,
  )
  expect(JSON.parse(await copied(browser, tab, 'JSON', 'Context copied as JSON'))).toMatchObject({ name: 'Alice' })
  expect(await copied(browser, tab, 'Markdown', 'Context copied as Markdown')).toMatch(/^```text\nbase › Alice/)

  await row(tab, 'Bob').click()
  await tab.devtools.keyboard.press('Control+c')
  await expect(tab.panel.locator('.notice')).toHaveText('Context copied as Text')
  expect(await clipboardOf(browser, tab)).toMatch(/^base › Bob /)
  await row(tab, 'Alice').click({ button: 'right' })
  await tab.panel.getByRole('menu', { name: 'Copy as' }).getByRole('menuitem', { name: 'JSON' }).click()
  await expect.poll(() => clipboardOf(browser, tab)).toMatch(/^\{[\s\S]*"name": "Alice"/)
})

journey(
  'a problem leaves as a test in two languages, as a line to paste, and in a report',
  async ({ browser, tab, demo }) => {
    await demoWith(tab, demo, 'Token used twice')
    await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).click()
    expect(await copied(browser, tab, 'Copy as TypeScript test', 'TypeScript test copied')).toContain('toThrow(')
    expect(await copied(browser, tab, 'Copy as Python test', 'Python test copied')).toContain('except RuntimeError')
    expect(await copied(browser, tab, 'Copy line', 'Line copied')).toMatch(/^\s*using _token = currentUser\.set\(/)
    expect(await copied(browser, tab, 'Copy report', 'Report copied')).toMatch(
      /^#[\s\S]*Token used twice: currentUser[\s\S]*Alice/,
    )
  },
)

journey('variables: who holds one, and every set and reset, each a way to its moment', async ({ tab, demo }) => {
  await demoWith(tab, demo, 'New request')
  await tab.page.getByRole('log').getByText('prints the receipt').first().waitFor()
  await row(tab, 'Alice').click()
  // From its name among the values.
  await details(tab).getByRole('button', { name: 'client', exact: true }).click()
  const variables = part(tab, 'Variables')
  await expect(variables.getByRole('button', { name: 'client', expanded: true })).toBeVisible()
  const holders = variables.getByRole('region', { name: 'Who holds it' }).getByRole('listitem')
  await expect(holders.filter({ hasText: /^Bob/ })).toContainText('own"Bob"')
  const writes = variables.getByRole('region', { name: /^What was done to it/ }).getByRole('listitem')
  await expect(writes).toHaveCount(2)
  await writes.last().getByRole('button', { name: /s$/ }).click()
  await expect(moment(tab)).toHaveAttribute('aria-valuetext', /set client = "Alice"/)
  await expect(writes).toHaveCount(1)
  await button(tab, 'Back to live').click()
  await holders.filter({ hasText: /^Bob/ }).first().getByRole('button').click()
  await expect(tree(tab).getByRole('treeitem', { selected: true })).toContainText('Bob')
})

journey('events: by kind, of one context, and what a search leaves of them', async ({ tab, demo }) => {
  await demoWith(tab, demo, 'New request')
  await tab.page.getByRole('log').getByText('prints the receipt').first().waitFor()
  await open(tab, 'Events')
  const events = part(tab, 'Events').getByRole('listitem')
  await listOnlyValues(tab)
  await expect(events.filter({ hasNotText: /set|reset|variable|collected/ })).toHaveCount(0)
  await row(tab, 'R-1').click()
  await tab.panel.getByRole('checkbox', { name: 'Selected context only' }).check()
  await expect(events.filter({ hasText: 'client' })).toHaveCount(0)
  await expect(events.filter({ hasText: 'set requestId = "R-1"' })).toHaveCount(1)
  await tab.panel.getByRole('textbox', { name: 'Find' }).fill('Grace')
  await expect(events.filter({ hasNotText: 'Grace' })).toHaveCount(0)
  await tab.panel.getByRole('textbox', { name: 'Find' }).fill('nobody is called so')
  await expect(part(tab, 'Events')).toContainText('Nothing of that kind contains “nobody is called so”.')
})

journey('a context is compared with another one, and with itself at another moment', async ({ tab, demo }) => {
  await demoWith(tab, demo)
  const comparison = details(tab).getByRole('region', { name: 'Comparison' })
  await row(tab, 'Alice').click()
  await button(tab, 'Compare').click()
  await expect(comparison).toContainText('Select another context, or look at another moment')
  await row(tab, 'Bob').click()
  await expect(comparison.getByRole('row')).toHaveText(['≠changedclient"Alice" ⇒ "Bob"'])
  await row(tab, 'base').click()
  await expect(comparison.getByRole('row')).toHaveText(['−removedclient"Alice"'])
  await comparison.getByRole('button', { name: /^Alice \d+ at / }).click()
  await button(tab, 'Back to live').click()
  await tab.panel.getByRole('button', { name: 'why client is so' }).click()
  await button(tab, 'Previous event').click()
  while ((await comparison.getByRole('row').count()) === 0) await button(tab, 'Previous event').click()
  await expect(comparison.getByRole('row')).toHaveText(['−removedclient"Alice"'])
  await comparison.getByRole('button', { name: 'Unpin' }).click()
  await expect(comparison).toHaveCount(0)
  await expect(details(tab)).toBeFocused()
})

journey('why: a value tells its way here, and each step leads there', async ({ tab, demo }) => {
  await demoWith(tab, demo, 'New request')
  await row(tab, 'stock').click()
  await details(tab).getByRole('button', { name: 'why requestId is so' }).click()
  const steps = details(tab).locator('.why-step')
  await expect(steps.first()).toContainText('set to "R-1" in R-1')
  await expect(steps.last()).toContainText('copied to here')
  await steps.first().getByRole('button', { name: /^R-1/ }).click()
  await expect(details(tab).getByRole('heading', { name: /^R-1/ })).toBeVisible()
})

journey('filters and “Hide ended” leave what a person wants, and say when nothing is left', async ({ tab, demo }) => {
  await demoWith(tab, demo, 'New request')
  await tab.page.getByRole('log').getByText('prints the receipt').first().waitFor()
  await expect(row(tab, 'setTimeout').first()).toBeVisible()
  await button(tab, 'Filter').click()
  const menu = tab.panel.getByRole('dialog', { name: 'Filters of the tree' })
  await menu.getByRole('checkbox', { name: 'Hide callbacks' }).check()
  await expect(row(tab, 'setTimeout')).toHaveCount(0)
  await menu.getByLabel('Only contexts that hold').selectOption('client')
  await expect(row(tab, 'R-1')).toHaveCount(0)
  await expect(row(tab, 'Alice')).toBeVisible()
  await tab.devtools.keyboard.press('Escape')
  await button(tab, '2 filters').click()
  await menu.getByRole('button', { name: 'Clear filters' }).click()
  await tab.devtools.keyboard.press('Escape')
  await expect(row(tab, 'R-1')).toBeVisible()

  await tab.panel.getByRole('checkbox', { name: 'Hide ended' }).check()
  await expect(row(tab, 'R-1')).toHaveCount(0)
  await tab.panel.getByRole('textbox', { name: 'Find' }).fill('R-1')
  await expect(tab.panel.getByText('No context, and no value that is held now, contains “R-1”.')).toBeVisible()
  await button(tab, 'Show all').click()
  await expect(row(tab, 'R-1')).toBeVisible()
  await expect(tab.panel.getByRole('checkbox', { name: 'Hide ended' })).not.toBeChecked()
})

journey(
  'a search: half a regular expression on the way to a whole one, values, files, n of m',
  async ({ tab, demo }) => {
    await demoWith(tab, demo)
    const find = tab.panel.getByRole('textbox', { name: 'Find' })
    const hits = tab.panel.locator('.hits')
    const all = await tree(tab).getByRole('treeitem').count()
    await find.pressSequentially('/^(al')
    await expect(hits).toContainText('as text')
    await find.pressSequentially('/')
    await expect(hits).toContainText('not a regex')
    await expect(tab.panel.getByText('“/^(al/” is not a regular expression.')).toBeVisible()
    await find.fill('/^(alice|bob)$/')
    await expect(hits).toHaveText(/– of 2/)
    await find.press('Enter')
    await expect(hits).toHaveText(/1 of 2/)
    await find.press('Shift+Enter')
    await expect(hits).toHaveText(/2 of 2/)
    await expect(details(tab).getByRole('heading', { name: /^Bob/ })).toBeVisible()
    await find.fill('quickstart.ts')
    await expect(row(tab, 'Alice')).toBeVisible()
    await button(tab, 'Clear').click()
    await expect(find).toBeFocused()
    await expect(tree(tab).getByRole('treeitem')).toHaveCount(all)
  },
)

journey(
  'the menu of exports: one context, gzipped, without a name; what it says is what leaves',
  async ({ browser, tab, demo }) => {
    await demoWith(tab, demo)
    await row(tab, 'Alice').click()
    const menu = tab.panel.getByRole('dialog', { name: 'Export' })
    const leaves = menu.getByRole('region', { name: 'What leaves' })
    const file = await saved(browser, downloads, async () => {
      await button(tab, 'Export').click()
      await menu.getByLabel(/^Only Alice/).check()
      await menu.getByLabel('Recording, gzipped').check()
      await expect(leaves).toContainText('Only task Alice')
      await menu.getByText('Take out more').click()
      await menu.getByLabel('Names of variables and keys').fill('client')
      await expect(leaves).toContainText(/Taken out: \d+ texts?: values of client/)
      await menu.getByRole('button', { name: 'Save' }).click()
    })
    expect(basename(file)).toMatch(/\.ctxsnap\.json\.gz$/)
    const parsed = parseRecording(gunzipSync(await readFile(file)).toString())
    if (!parsed.ok) throw new Error(parsed.error)
    const facts = JSON.stringify(parsed.recording.facts)
    expect(facts).toContain('"name":"Alice"')
    expect(facts).not.toMatch(/\\"Alice\\"|Bob/)
    const trace = JSON.parse(await readFile(await exportRecording(browser, tab, downloads, 'A trace'), 'utf8'))
    expect(trace.traceEvents.length).toBeGreaterThan(3)
  },
)

journey('a recording comes in dropped from the desktop, gzipped, and pasted', async ({ browser, tab, demo }) => {
  await demoWith(tab, demo, 'Token used twice')
  await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()
  const file = await exportRecording(browser, tab, downloads)
  const text = await readFile(file, 'utf8')
  const packed = join(downloads, 'sent.ctxsnap.json.gz')
  await writeFile(packed, gzipSync(text))

  await pickUp(tab, packed)
  await expect(tab.panel.getByText('Drop the recording to open it')).toBeVisible()
  await drop(tab, packed)
  await expect(tab.panel.getByText('Showing a recording: sent.ctxsnap.json.gz')).toBeVisible()
  await expect(tab.panel.getByText('Drop the recording to open it')).toHaveCount(0)
  await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()
  await button(tab, 'Back to the page').click()
  await expect(status(tab)).toContainText('Recorded from the start')
  await expect(tree(tab).getByRole('treeitem', { selected: true })).toBeFocused()

  await pasteInto(browser, tab, text)
  await expect(tab.panel.getByText('Showing a recording: What was pasted')).toBeVisible()
  await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()
  await pasteInto(browser, tab, 'a shopping list')
  await expect(tab.panel.getByRole('alert')).toContainText('What was pasted was not opened')
  await button(tab, 'Dismiss').click()
  await expect(tab.panel.getByRole('alert')).toHaveCount(0)
})

journey('a recording in which nothing is, and files that are none, are told in a sentence', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  const choose = (name: string, content: string | Buffer) =>
    tab.panel
      .getByLabel('Recording to open')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  const recording = {
    format: 'contextvars-recording',
    version: 1,
    tool: { name: 'contextvars-devtools', version: '0.1.0' },
    page: { url: 'http://tea.test/', title: 'Tea', exported: '2026-01-02T03:04:05.000Z' },
    options: { redacted: true },
    facts: [],
    stacks: {},
  }
  await choose('half.gz', gzipSync(JSON.stringify(recording)).subarray(0, 30))
  await expect(tab.panel.getByRole('alert')).toContainText('half.gz was not opened: Its compressed data is damaged.')
  await choose('holiday.json', '{"format": "photos"}')
  await expect(tab.panel.getByRole('alert')).toContainText('holiday.json was not opened')
  await choose('empty.json', JSON.stringify(recording))
  await expect(tab.panel.getByRole('heading', { name: 'Nothing in this recording' })).toBeVisible()
  await expect(button(tab, 'Export')).toBeDisabled()
  await button(tab, 'Back to the page').click()
  await expect(tab.panel.getByRole('heading', { name: 'No contexts here' })).toBeVisible()
})

journey('what is empty says so: no problems, no variables, no values, nothing of a kind', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await tab.panel.getByRole('main').getByRole('button', { name: 'Reload and record' }).click()
  await expect(tab.panel.getByRole('heading', { name: 'Recording, and nothing yet' })).toBeVisible()
  await tab.page.evaluate(() => {
    const { createTask } = Reflect.get(globalThis, 'contextvars') as typeof import('contextvars-devtools/async')
    createTask(async () => {}, { name: 'idle' })
  })
  await row(tab, 'idle').click()
  await expect(details(tab)).toContainText('It holds nothing.')
  await expect(details(tab)).toContainText('Nothing was set or reset.')
  await expect(problems(tab)).toContainText('No problems found.')
  await open(tab, 'Variables')
  await expect(part(tab, 'Variables')).toContainText('The page has made no variable.')
  await open(tab, 'Events')
  await listOnlyValues(tab)
  await expect(part(tab, 'Events')).toContainText('Nothing of that kind happened.')
  await button(tab, 'Break on').click()
  await expect(tab.panel.getByRole('dialog', { name: 'Break on' })).toContainText('This page has no variables yet.')
})

journey('the panel follows the theme of DevTools while it is open', async ({ tab, demo }) => {
  await demoWith(tab, demo)
  await expect.poll(() => brightness(tab)).toBeGreaterThan(200)
  await wearTheme(tab, 'dark')
  await expect.poll(() => brightness(tab)).toBeLessThan(70)
  await expect(row(tab, 'Alice')).toBeVisible()
  await wearTheme(tab, 'default')
  await expect.poll(() => brightness(tab)).toBeGreaterThan(200)
})

journey(
  'muted with a reason, a problem stays muted after a reload, and comes back when it is wanted',
  async ({ tab, demo }) => {
    await demoWith(tab, demo, 'Token used twice')
    const problem = problems(tab).getByRole('button', { name: 'Token used twice: currentUser', exact: true })
    await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).click()
    await button(tab, 'Mute…').click()
    await tab.panel.getByRole('textbox', { name: /^Why is this no problem at token-used-twice\.ts/ }).fill('a lesson')
    await button(tab, 'Mute').click()
    await expect(problem).toHaveCount(0)
    await reloadAndRecord(tab)
    await row(tab, 'Bob').waitFor()
    await tab.page.getByRole('button', { name: 'Token used twice', exact: true }).click()
    await problems(tab).getByText('1 muted').click()
    await expect(problems(tab)).toContainText('— a lesson')
    await problems(tab).getByRole('button', { name: 'Unmute Token used twice: currentUser' }).click()
    await expect(problems(tab).getByRole('button', { name: 'Token used twice: currentUser' })).toBeFocused()
  },
)

journey(
  'the line between two parts is moved by keys, and is there when the panel is opened again',
  async ({ tab, demo }) => {
    await demoWith(tab, demo)
    const line = tab.panel.getByRole('separator', { name: 'Width of the tree' })
    const before = Number(await line.getAttribute('aria-valuenow'))
    await line.press('ArrowRight')
    await line.press('ArrowRight')
    await expect(line).toHaveAttribute('aria-valuenow', `${before + 4}`)
    // With Alt they go through time, and leave it.
    await line.press('Alt+ArrowLeft')
    await expect(line).toHaveAttribute('aria-valuenow', `${before + 4}`)
    await expect(button(tab, 'Back to live')).toBeVisible()
    await tab.panel.locator('body').evaluate(() => location.reload())
    await expect(line).toHaveAttribute('aria-valuenow', `${before + 4}`)
  },
)
