// The switch for sites that are always recorded, in the panel itself: by the keyboard alone, without anything that axe objects
// to, in light and dark, wide and narrow.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import type { Tab } from '../../scripts/devtools.mjs'
import { violations } from './harness/axe'
import { journey, output, visit } from './harness/journey'
import { panelFrame } from './harness/panel'
import { allow, withdraw } from './harness/site-access'
import { siteButton, siteMenu, siteSwitch } from './harness/site-menu'

/** Looks at one state in both themes, wide and narrow, and leaves a picture of each. */
async function inspect(tab: Tab, state: string): Promise<void> {
  const frame = panelFrame(tab)
  for (const width of [1280, 380]) {
    await tab.devtools.setViewportSize({ width, height: 900 })
    await expect.poll(() => frame.evaluate(() => innerWidth)).toBe(width)
    for (const theme of ['light', 'dark']) {
      await frame.evaluate((theme) => {
        document.documentElement.dataset.theme = theme
      }, theme)
      expect(await violations(frame), `${state}, ${theme}, ${width}`).toEqual([])
      await tab.devtools.screenshot({ path: join(output, 'screenshots', `sites-${state}-${theme}-${width}.png`) })
    }
    const box = await siteMenu(tab).evaluate((menu) => {
      const { left, right, bottom } = menu.getBoundingClientRect()
      return {
        inside: left >= 0 && right <= innerWidth && bottom <= innerHeight,
        over: menu.scrollWidth - menu.clientWidth,
      }
    })
    expect(box, `${state}, ${width}`).toEqual({ inside: true, over: 0 })
  }
}

journey('axe finds nothing, whatever the browser says to it', async ({ browser, tab, site }) => {
  await allow(browser, site.origin)
  await visit(tab, `${site.origin}/own-runtime/`)
  await siteButton(tab, 'Always record').click()
  await inspect(tab, 'off')
  await siteSwitch(tab).click()
  await siteMenu(tab).getByText('was loaded before that').waitFor()
  await inspect(tab, 'recorded')
  await withdraw(browser, site.origin)
  await siteButton(tab, 'No access').waitFor()
  await inspect(tab, 'no-access')

  await tab.page.goto(`${site.other}/own-runtime/`)
  await siteMenu(tab).getByText('Other sites').waitFor()
  await siteSwitch(tab).click()
  await siteMenu(tab).getByText('answer there').waitFor()
  await inspect(tab, 'asking')
})

journey('it is reached, switched and left by the keyboard', async ({ browser, tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await allow(browser, site.origin)
  const press = (key: string) => tab.devtools.keyboard.press(key)
  const button = tab.panel.getByRole('banner').getByRole('button', { name: /^(Always record|No access)/ })
  await tab.panel.getByRole('banner').getByRole('button', { name: 'Reload and record' }).focus()
  await press('Tab')
  await expect(button).toBeFocused()
  await press('Enter')
  await expect(siteMenu(tab)).toBeVisible()
  // Escape is left to the panel, wherever in it the focus is; DevTools does not open its console instead.
  await press('Escape')
  await expect(siteMenu(tab)).toBeHidden()
  await expect(button).toBeFocused()

  await press('Enter')
  await press('Tab')
  await expect(siteSwitch(tab)).toBeFocused()
  const before = await siteSwitch(tab).isChecked()
  await press('Space')
  await expect(siteSwitch(tab)).toBeChecked({ checked: !before })
  await expect(siteSwitch(tab)).toBeFocused()
  await press('Escape')
  await expect(siteMenu(tab)).toBeHidden()
  await expect(button).toBeFocused()
})
