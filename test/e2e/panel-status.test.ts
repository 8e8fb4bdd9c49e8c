// The line at the bottom: how the recording stands, what it takes of the page's memory, and how often the page is asked.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import { type Look, panelTest } from '../playground/visit'
import { output } from './harness/journey'

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
  ['light and narrow', { colorScheme: 'light', width: 360, height: 640 }],
  ['dark and narrow', { colorScheme: 'dark', width: 360, height: 640 }],
]

panelTest.for(looks)('all of it is seen, whatever the width: %s', async ([name, look], { visit }) => {
  const { page, act } = await visit(look)
  await act('1,000 contexts')
  const line = page.getByRole('contentinfo')
  await expect(line).toContainText(/Recorded from the start\s*complete 1–[2-9],\d+/)
  await expect(line).toContainText(/[1-9]\.\d of 64 MB/)
  await expect(line).toContainText('asked 4×/s')
  const out = await line.evaluate((line) =>
    [line, ...line.querySelectorAll('*')]
      .filter((part) => {
        const { left, right, bottom } = part.getBoundingClientRect()
        return left < 0 || right > innerWidth || bottom > innerHeight || part.scrollWidth > part.clientWidth + 1
      })
      .filter((part) => !part.classList.contains('heard-only') && part.clientWidth > 0)
      .map((part) => part.className),
  )
  expect(out).toEqual([])
  await page.screenshot({ path: join(output, 'screenshots', `status-${name.replace(/\W+/g, '-')}.png`) })
})

panelTest('when the pace changes, nothing else of the panel is drawn again', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  const line = page.getByRole('contentinfo')
  await expect(line).toContainText('asked 20×/s')
  // What is drawn in the same moment as the new pace: a moment is one call of the observer.
  const drawn = await page.evaluateHandle(() => {
    const drawn: string[] = []
    const panel = document.querySelector('#panel') ?? document.body
    new MutationObserver((records) => {
      const changed = records.map(({ target }) => (target instanceof Element ? target : target.parentElement))
      const pace = changed.find((part) => part?.closest('.pace'))
      if (pace?.textContent?.includes('4×/s')) drawn.push(...changed.map((part) => part?.className ?? ''))
    }).observe(panel, { subtree: true, childList: true, characterData: true, attributes: true })
    return drawn
  })
  await expect(line).toContainText('asked 4×/s')
  expect(await drawn.jsonValue()).toEqual(['pace'])
})
