// "Break on": the page pauses where a variable is touched as somebody chose, with the application's own line next in the call stack. A
// click that leads to a pause is over only after it.

import type { Locator } from 'playwright'
import { expect } from 'playwright/test'
import { goOn, paused, pausedStack, showPanel, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { breakMenu, condition, openBreaks } from './harness/break-menu'
import { quickJourney as journey, journey as ownJourney, visit } from './harness/journey'
import { status, tree } from './harness/panel'

const standing = (tab: Tab): Locator => breakMenu(tab.panel).locator('.standing')

/** Chooses what the page pauses at, and waits until it knows. */
async function choose(tab: Tab, ...names: string[]): Promise<void> {
  await showPanel(tab)
  await openBreaks(tab.panel)
  for (const name of names) await condition(tab.panel, name).check()
  await expect(standing(tab)).toContainText('This page pauses there')
}

/** The line of the page that is next in the call stack: of ours and of the runtime there is little above it. */
async function pausedAt(tab: Tab): Promise<string> {
  expect((await paused(tab)).text).toContain('debugger')
  const stack = await pausedStack(tab)
  expect(stack[0]?.url).toContain('break-on.js')
  const at = stack.findIndex(({ url }) => url.endsWith('/page.js'))
  // The statement that pauses, and the method of the variable, which is a script of the application's.
  expect(at).toBeLessThanOrEqual(4)
  return /\/\/ (.*)/.exec(stack[at]?.text ?? '')?.[1] ?? `${stack[at]?.text}`
}

const act = ({ page }: Tab, name: string) => page.getByRole('button', { name, exact: true }).click()
const log = ({ page }: Tab) => page.locator('#log')

const cases = [
  ['dish is set', 'Set', 'set here'],
  ['dish is reset', 'Reset', 'reset here'],
  ['any token error', 'Reset twice', 'refused here'],
  ['any lookup error', 'Look up nothing', 'looked up here'],
] as const

journey('the page pauses at the line of the application, and goes on', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/break-on/`)
  await reloadAndRecord(tab)
  for (const [name, action, line] of cases) {
    await choose(tab, name)
    const clicked = act(tab, action)
    expect(await pausedAt(tab)).toBe(line)
    await goOn(tab, 'resume')
    await clicked
    await expect(log(tab)).toContainText(`done: ${action}`)
    await showPanel(tab)
    // By the same click it is undone.
    await condition(tab.panel, name).uncheck()
    await tab.panel.getByRole('heading', { name: 'Contexts' }).click()
    await act(tab, action)
    await expect(log(tab)).toContainText(new RegExp(`(done: ${action}.*){2}`))
  }
})

journey('every read of a default pauses, also where nothing is followed', async ({ tab, site }) => {
  for (const search of ['', '?bare']) {
    await visit(tab, `${site.origin}/break-on/${search}`)
    await reloadAndRecord(tab)
    if (search === '') await choose(tab, 'lang is read as default')
    else {
      await openBreaks(tab.panel)
      await expect(standing(tab)).toContainText('This page pauses there')
    }
    const clicked = act(tab, 'Read default')
    for (const _ of ['first', 'second']) {
      expect(await pausedAt(tab)).toBe('read here')
      await goOn(tab, 'resume')
    }
    await clicked
    await expect(log(tab)).toContainText('first en. second en. done')
    await showPanel(tab)
  }
})

journey(
  'what was chosen holds from the first script on after a reload; switched off, nothing pauses',
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/break-on/`)
    await reloadAndRecord(tab)
    await choose(tab, 'dish is set')
    await tab.panel.getByRole('button', { name: 'Reload and record' }).first().click()
    expect(await pausedAt(tab)).toBe('at the start')
    await showPanel(tab)
    await expect(status(tab)).toContainText('Recorded from the start')
    await goOn(tab, 'resume')
    await expect(tree(tab).getByRole('treeitem').first()).toBeVisible()

    await openBreaks(tab.panel)
    await breakMenu(tab.panel).getByRole('checkbox', { name: 'Pause the page at what is chosen' }).uncheck()
    await expect(standing(tab)).toContainText('Switched off')
    await expect(condition(tab.panel, 'dish is set')).toBeChecked()
    await act(tab, 'Set')
    await expect(log(tab)).toContainText('done: Set')
    await reloadAndRecord(tab)
    await act(tab, 'Set')
    await expect(log(tab)).toContainText('done: Set')
  },
)

journey('the documents in frames pause, of this origin and of another', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/break-on/around.html?other=${site.other}`)
  await expect(tree(tab).getByRole('treeitem', { name: /break-on/ })).toHaveCount(2)
  for (const frame of ['same', 'other']) {
    await showPanel(tab)
    await tree(tab)
      .getByRole('treeitem', { name: new RegExp(`\\?${frame}`) })
      .click()
    if (frame === 'same') await choose(tab, 'dish is set')
    else await openBreaks(tab.panel)
    await tab.panel.getByRole('heading', { name: 'Contexts' }).click()
    const clicked = tab.page
      .frameLocator(`iframe[title=${frame}]`)
      .getByRole('button', { name: 'Set', exact: true })
      .click()
    expect(await pausedAt(tab)).toBe('set here')
    await goOn(tab, 'resume')
    await clicked
  }
})

ownJourney('of a page whose recorder is older, the list says that it does not pause', async ({ tab, site }) => {
  await tab.page.addInitScript(() => {
    // As recorders of before were: all but what is lent.
    const key = '__contextvars_outlet__'
    const { defineProperty } = Reflect
    Reflect.defineProperty = (target, name, descriptor) => {
      if (name !== key) return defineProperty(target, name, descriptor)
      const { lent: _, ...outlet } = descriptor.value
      return defineProperty(target, name, { value: outlet })
    }
  })
  await visit(tab, `${site.origin}/break-on/`)
  await expect(tree(tab).getByRole('treeitem').first()).toBeVisible()
  await openBreaks(tab.panel)
  await condition(tab.panel, 'dish is set').check()
  await expect(standing(tab)).toContainText('This does not pause: The recorder in this page is of another version')
  await act(tab, 'Set')
  await expect(log(tab)).toContainText('done: Set')
})
