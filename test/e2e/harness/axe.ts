// What axe has against a view, as lines that a person can read.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright'
import { expect } from 'playwright/test'

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface WithAxe {
  axe?: { run(within: object, options: object): Promise<AxeResults> }
}

export async function violations(within: Page | Frame, part = '#panel'): Promise<string[]> {
  // Evaluated, since a document of an extension takes no script element; and once, since it is large.
  if (!(await within.evaluate(() => 'axe' in globalThis))) await within.evaluate(source)
  const results = await within.evaluate(
    // What is in order is not told.
    (part) => (globalThis as WithAxe).axe?.run({ include: [[part]] }, { resultTypes: ['violations'] }),
    part,
  )
  if (results === undefined) throw new Error('axe did not come')
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`),
  )
}

/** In the panel within DevTools, or the pane: in light, dark and forced colours, in which it is left as it was. */
export async function violationsInEachLook(frame: Frame): Promise<string[]> {
  const wear = (theme: string | undefined) =>
    frame.evaluate((theme) => {
      document.documentElement.dataset.theme = theme
    }, theme)
  const found: string[] = []
  const look = async (name: string) => {
    found.push(...(await violations(frame)).map((one) => `${name}: ${one}`))
  }
  const worn = await frame.evaluate(() => document.documentElement.dataset.theme)
  for (const theme of ['light', 'dark']) {
    await wear(theme)
    await look(theme)
  }
  await wear(worn)
  await frame.page().emulateMedia({ forcedColors: 'active' })
  await expect.poll(() => frame.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true)
  await look('forced colours')
  await frame.page().emulateMedia({ forcedColors: null })
  return found
}
