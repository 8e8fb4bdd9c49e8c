// What axe has against a view, as lines that a person can read.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright'

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
