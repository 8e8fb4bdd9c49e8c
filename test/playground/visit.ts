// The playground in tests, opened in a browser as a person would see it.

import { chromium, type Frame, type Page } from 'playwright'
import { expect, inject, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'

export interface Visit {
  page: Page
  /** The page that is recorded. */
  recorded(): Frame
  /** Presses one of the recorded page's buttons. */
  act(name: string): Promise<void>
}

export interface Look {
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  forcedColors?: 'active' | 'none'
  reducedMotion?: 'reduce' | 'no-preference'
  /** `?bare` records a page without propagation. */
  search?: string
}

export const panelTest = test
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from this pattern that no other fixture is wanted
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [...sandbox, '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    })
    onCleanup(() => browser.close())
    return browser
  })
  /** Opens the panel alone, and fails the test if it ever throws or complains. */
  .extend('visit', async ({ browser }, { onCleanup }) => {
    const complaints: string[] = []
    const pages: Page[] = []
    onCleanup(async () => {
      for (const page of pages) await page.close()
      expect(complaints, 'what the panel complained about').toEqual([])
    })
    return async ({ width = 1200, height = 800, search = '', ...look }: Look = {}): Promise<Visit> => {
      const page = await browser.newPage({ viewport: { width, height }, ...look })
      pages.push(page)
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
          complaints.push(message.text())
      })
      await page.goto(`${inject('playground')}${search}#panel`)
      await page.getByRole('tree', { name: 'Contexts' }).waitFor()
      const recorded = () => {
        const frame = page.frames().find((one) => one !== page.mainFrame())
        if (frame === undefined) throw new Error('The playground has a frame')
        return frame
      }
      return {
        page,
        recorded,
        // The recorded page is out of sight while the panel is alone, so its button is pressed by a script.
        act: (name) => recorded().locator('button', { hasText: name }).first().dispatchEvent('click'),
      }
    }
  })

/** Takes along what is shown, as it is offered. */
export async function saveExport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' }).click()
}
