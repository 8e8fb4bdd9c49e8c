// A file that is dragged from the desktop, by the browser's own events.

import type { Tab } from '../../../scripts/devtools.mjs'

/** Moves it over the panel. */
export async function pickUp(tab: Tab, file: string): Promise<void> {
  for (const type of ['dragEnter', 'dragOver'] as const) await drag(tab, file, type)
}

/** Lets it fall there. */
export const drop = (tab: Tab, file: string): Promise<void> => drag(tab, file, 'drop')

async function drag({ devtools, panel }: Tab, file: string, type: 'dragEnter' | 'dragOver' | 'drop'): Promise<void> {
  const box = await panel.locator('main').boundingBox()
  if (box === null) throw new Error('The panel is not in sight')
  const session = await devtools.context().newCDPSession(devtools)
  await session.send('Input.dispatchDragEvent', {
    type,
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    data: { items: [], files: [file], dragOperationsMask: 1 },
  })
  await session.detach()
}
