// The parts of the panel, by the names that a person who cannot see it knows them by.

import type { Frame, Locator } from 'playwright'
import type { Tab } from '../../../scripts/devtools.mjs'

export const tree = ({ panel }: Tab): Locator => panel.getByRole('tree', { name: 'Contexts' })

/** A row begins with the label of its context. */
export const row = (tab: Tab, label: string): Locator =>
  tree(tab).getByRole('treeitem', { name: new RegExp(`^${label}\\b`) })

export const details = ({ panel }: Tab): Locator => panel.getByRole('region', { name: 'Context details' })

/** The row of one variable among the values of the selected context. */
export const value = (tab: Tab, variable: string): Locator =>
  details(tab)
    .getByRole('row')
    .filter({ has: tab.panel.getByRole('rowheader', { name: variable, exact: true }) })

export const problems = ({ panel }: Tab): Locator => panel.getByRole('region', { name: 'Problems' })

export const status = ({ panel }: Tab): Locator => panel.getByRole('status')

/** The whole tree, as it is read out. */
export const readOut = (tab: Tab): Promise<string[]> => tree(tab).getByRole('treeitem').allTextContents()

/** Its document, for what is asked of all of it. */
export function panelFrame({ devtools }: Tab): Frame {
  const frame = devtools.frames().find((one) => one.url().endsWith('/panel/index.html'))
  if (frame === undefined) throw new Error('The panel is not shown.')
  return frame
}
