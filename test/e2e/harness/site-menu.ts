// The button for sites that are always recorded, and what opens below it.

import type { Locator } from 'playwright'
import { OUTLET_KEY } from '../../../runtime/protocol'
import type { Tab } from '../../../scripts/devtools.mjs'

export const siteMenu = ({ panel }: Tab): Locator =>
  panel.getByRole('dialog', { name: 'Sites that are always recorded' })

/** The button says at a glance how the site stands. */
export const siteButton = ({ panel }: Tab, says: string): Locator =>
  panel.getByRole('button', { name: says, exact: true })

export const siteSwitch = (tab: Tab): Locator => siteMenu(tab).getByRole('checkbox', { name: /^Always record http/ })

/** Records the site of the page always, as somebody does who has just found the button. */
export async function recordAlways(tab: Tab): Promise<void> {
  await siteButton(tab, 'Always record').click()
  await siteSwitch(tab).check()
  await siteButton(tab, 'Always recorded').waitFor()
}

/** Whatever of ours is on the page's globalThis. */
export const traces = ({ page }: Tab): Promise<string[]> =>
  page.evaluate(
    (outlet) =>
      [outlet, 'contextvars', Symbol.for('contextvars.hook')]
        .filter((key) => Object.hasOwn(globalThis, key))
        .map((key) => String(key)),
    OUTLET_KEY,
  )
