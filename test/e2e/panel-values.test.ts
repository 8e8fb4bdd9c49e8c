// What a person finds out about values: every variable and who holds it.

import { expect } from 'vitest'
import { panelTest, type Visit } from '../playground/visit'

const drawerTab = ({ page }: Visit, name: RegExp) => page.getByRole('tab', { name })
const variables = ({ page }: Visit) => page.getByRole('tabpanel', { name: 'Variables' })
const details = ({ page }: Visit) => page.getByRole('region', { name: 'Context details' })

async function withTasks(view: Visit) {
  await view.act('Alice and Bob')
  await view.page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
}

panelTest('a variable tells who holds it, and leads to the moment of each set', async ({ visit }) => {
  const view = await visit()
  const { page } = view
  await withTasks(view)
  await drawerTab(view, /^Variables/).click()
  const row = variables(view).getByRole('row').filter({ hasText: /^user/ })
  await expect.poll(() => row.textContent()).toContain('"Bob"')
  await row.getByRole('button', { name: 'user' }).click()
  const holders = variables(view).getByRole('region', { name: 'Who holds it' })
  await holders.getByRole('button', { name: /^Alice loads/ }).waitFor()
  const writes = variables(view)
    .getByRole('region', { name: 'What was done to it, newest first' })
    .getByRole('listitem')
  expect((await writes.allTextContents()).map((text) => /"\w+"/.exec(text)?.[0])).toEqual(['"Bob"', '"Alice"'])

  // When Alice was set, nobody had set Bob.
  await writes.last().getByRole('button', { name: /s$/ }).click()
  await page.getByRole('button', { name: 'Back to live' }).waitFor()
  await expect.poll(() => writes.count()).toBe(1)
  await expect.poll(() => row.textContent()).toContain('"Alice"')
  await page.getByRole('button', { name: 'Back to live' }).click()
  await expect.poll(() => writes.count()).toBe(2)
})

panelTest('a name among the values leads to its variable, also where the panel is narrow', async ({ visit }) => {
  const view = await visit({ width: 380, height: 640 })
  const { page } = view
  await withTasks(view)
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  await page.getByRole('button', { name: /^Details/ }).click()
  await details(view).getByRole('button', { name: 'request', exact: true }).click()
  const row = variables(view).getByRole('button', { name: 'request', expanded: true })
  await row.waitFor()
  await row.press('Enter')
  await variables(view).getByRole('button', { name: 'request', expanded: false }).waitFor()
  expect(await variables(view).evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0)
})

panelTest('a value tells how it came here, and each step leads to its moment and its context', async ({ visit }) => {
  const view = await visit()
  const { page } = view
  await withTasks(view)
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  const why = details(view).getByRole('button', { name: 'why user is so' })
  await why.press('Enter')
  expect(await why.getAttribute('aria-expanded')).toBe('true')
  const steps = details(view).locator('.why-step')
  await expect.poll(() => steps.allTextContents()).toHaveLength(2)
  const [set, copied] = await steps.allTextContents()
  expect(set).toMatch(/^[\d.:]+ (ms|s)set to "Alice" in Alicepage\.ts/)
  expect(copied).toMatch(/^[\d.:]+ (ms|s)copied to herepage\.ts/)

  await details(view).getByRole('button', { name: 'why locale is so' }).click()
  await details(view).getByText('Nobody set it on the way from the root to here.').waitFor()

  await steps.first().getByRole('button', { name: /s$/ }).click()
  await page.getByRole('button', { name: 'Back to live' }).waitFor()
  await details(view)
    .getByRole('heading', { name: /^Alice/ })
    .waitFor()
  expect(await page.getByRole('treeitem', { selected: true }).textContent()).toMatch(/^Alice/)
})

panelTest('a context is compared with another one, and with itself at another moment', async ({ visit }) => {
  const view = await visit()
  const { page } = view
  await withTasks(view)
  const comparison = details(view).getByRole('region', { name: 'Comparison' })
  const rows = comparison.getByRole('row')

  await page.getByRole('treeitem', { name: /^Alice task/ }).click()
  await details(view).getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('treeitem', { name: /^Bob task/ }).click()
  await expect
    .poll(() => rows.allTextContents())
    .toEqual([
      '≠changedrequest{id: 1, path: "/people/alice"} ⇒ {id: 2, path: "/people/bob"}',
      '≠changeduser"Alice" ⇒ "Bob"',
    ])

  // The base context holds nothing.
  await page.getByRole('treeitem', { name: /^base/ }).click()
  await expect.poll(() => rows.allTextContents()).toHaveLength(2)
  expect((await rows.allTextContents()).every((text) => text.startsWith('−removed'))).toBe(true)

  // What is the same is hidden until somebody asks for it.
  await page.getByRole('treeitem', { name: /^Alice loads/ }).click()
  await comparison.getByText('They hold the same.').waitFor()
  await comparison.getByRole('checkbox', { name: 'Show what is the same (2 values)' }).check()
  await expect.poll(() => rows.count()).toBe(2)

  // Back to what is pinned, and from there to when only the user was set.
  await comparison.getByRole('button', { name: /^Alice \d+ at / }).click()
  await comparison.getByText('Select another context, or look at another moment').waitFor()
  await details(view).getByRole('button', { name: 'why user is so' }).click()
  await details(view).locator('.why-step').getByRole('button', { name: /s$/ }).click()
  await expect.poll(() => rows.allTextContents()).toEqual(['−removedrequest{id: 1, path: "/people/alice"}'])

  await comparison.getByRole('button', { name: 'Unpin' }).click()
  await comparison.waitFor({ state: 'detached' })
})

panelTest('a search may be a regular expression, also a half one, and narrows the events', async ({ visit }) => {
  const view = await visit()
  const { page } = view
  await withTasks(view)
  await drawerTab(view, /^Events/).click()
  const find = page.getByRole('textbox', { name: 'Find in contexts and values' })
  const found = page.getByRole('treeitem')
  const events = page.getByRole('tabpanel', { name: 'Events' }).getByRole('listitem')

  // Typed as a person does, each half of it on the way.
  await find.pressSequentially('/^bob (l|r)')
  await page.getByText('as text').waitFor()
  await page.getByRole('button', { name: 'Show all' }).waitFor()
  await find.pressSequentially('/')
  await page.getByText('of 2').waitFor()
  expect((await found.allTextContents()).filter((text) => /^Bob (loads|renders)/.test(text))).toHaveLength(2)

  await find.fill('/(/')
  await page.getByText('not a regex').waitFor()
  await page.getByText('Nothing of that kind contains').waitFor()

  await find.fill('locale')
  await expect.poll(() => events.count()).toBeGreaterThan(0)
  await expect.poll(async () => (await events.allTextContents()).filter((text) => !text.includes('locale'))).toEqual([])
})

panelTest(
  'the tree leaves out callbacks, and who does not hold a variable, as long as a person wants',
  async ({ visit }) => {
    const view = await visit()
    const { page } = view
    await withTasks(view)
    await view.act('A task that stays')
    const row = (name: RegExp) => page.getByRole('treeitem', { name })
    await row(/^Carol/).waitFor()
    const menu = page.getByRole('dialog', { name: 'Filters of the tree' })

    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await menu.getByLabel('Only contexts that hold').selectOption('request')
    await row(/^Carol/).waitFor({ state: 'detached' })
    expect(await row(/^Alice task/).count()).toBe(1)
    await menu.getByRole('checkbox', { name: 'Hide callbacks' }).check()
    await page.keyboard.press('Escape')
    const button = page.getByRole('button', { name: '2 filters' })
    await button.waitFor()

    await button.press('Enter')
    await menu.getByRole('button', { name: 'Clear filters' }).click()
    await row(/^Carol/).waitFor()
    await page.getByRole('button', { name: 'Filter', exact: true }).waitFor()
  },
)
