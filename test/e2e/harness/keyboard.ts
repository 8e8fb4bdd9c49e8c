// A person without a mouse: presses keys, and sees where the focus is. Nothing here clicks, or puts the focus anywhere.

import type { Locator } from 'playwright'
import { expect } from 'playwright/test'
import type { Tab } from '../../../scripts/devtools.mjs'

export interface Keyboard {
  /** Goes from DevTools into the panel, which is one press where DevTools had nothing else to show meanwhile. */
  enter(): Promise<void>
  press(...keys: string[]): Promise<void>
  type(text: string): Promise<void>
  /** The focus is there, where it can be seen. */
  at(place: Locator): Promise<void>
  /** Goes there by the Tab key (or another), and not by more than so many presses. */
  goTo(place: Locator, most: number, key?: string): Promise<void>
}

/** The stops of DevTools' own toolbar, and room for more. */
const MOST_OF_DEVTOOLS = 30

export function keyboardOf(tab: Tab): Keyboard {
  const { keyboard } = tab.devtools
  const at = async (place: Locator) => {
    await expect(place).toBeFocused()
    await expect.poll(() => place.evaluate(whatHidesFocus), { message: 'what is wrong with how it is seen' }).toBeNull()
  }
  return {
    async enter() {
      for (let presses = 0; presses < MOST_OF_DEVTOOLS; presses++) {
        await keyboard.press('Tab')
        if (await tab.panel.locator('body').evaluate(() => document.hasFocus())) return
      }
      throw new Error('The Tab key does not lead into the panel')
    },
    async press(...keys) {
      for (const key of keys) await keyboard.press(key)
    },
    type: (text) => keyboard.type(text),
    at,
    async goTo(place, most, key = 'Tab') {
      const passed: string[] = []
      while (!(await isFocused(place))) {
        if (passed.length === most) throw new Error(`Not there after ${most}: ${passed.join(' → ')}`)
        await keyboard.press(key)
        passed.push(await focused(tab))
      }
      await at(place)
    },
  }
}

/** What has the focus, in words. */
export const focused = ({ panel }: Tab): Promise<string> =>
  panel.locator('body').evaluate(() => {
    const { activeElement } = document
    const name = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim().slice(0, 40)
    return `${activeElement?.getAttribute('role') ?? activeElement?.localName} “${name}”`
  })

const isFocused = async (place: Locator): Promise<boolean> =>
  (await place.count()) === 1 && place.evaluate((element) => element === document.activeElement)

/** In the panel. Null where somebody who looks at the screen sees that this has the focus. */
function whatHidesFocus(element: Element): string | null {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0) return 'it has no size'
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
  const seen = document.elementFromPoint(x, y)
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
  const isThere = [element, ...labels].some((one) => one.contains(seen) || seen?.contains(one))
  if (right < 0 || bottom < 0 || left > innerWidth || top > innerHeight) return 'it lies outside'
  if (!isThere) return `${seen?.outerHTML.slice(0, 80)} covers it`
  const isMarked = (one: Element | null) => {
    if (one === null) return false
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(one)
    // Within what is as small as a box to tick, there is nothing to see.
    const isAround = !one.matches('[type=checkbox], [type=radio]') || Number.parseFloat(outlineOffset) >= 0
    return outlineStyle !== 'none' && outlineWidth !== '0px' && isAround
  }
  // A field may mark the box around it.
  return isMarked(element) || isMarked(element.closest('.search')) ? null : 'nothing marks it'
}

/** Chooses a file in the dialog of the system, which opens when somebody does this. */
export async function chooseFile({ devtools }: Tab, file: string, open: () => Promise<void>): Promise<void> {
  const frame = devtools.frames().find((one) => one.url().endsWith('/panel/index.html'))
  if (frame === undefined) throw new Error('The panel is not open')
  // Playwright listens for the dialogs of the front-end, not for those of a frame that is a process of its own.
  const session = await devtools.context().newCDPSession(frame)
  await session.send('Page.enable')
  await session.send('Page.setInterceptFileChooserDialog', { enabled: true })
  const opened = new Promise<{ backendNodeId?: number }>((resolve) => session.once('Page.fileChooserOpened', resolve))
  await open()
  const { backendNodeId } = await opened
  await session.send('DOM.setFileInputFiles', {
    files: [file],
    ...(backendNodeId === undefined ? {} : { backendNodeId }),
  })
  await session.detach()
}
