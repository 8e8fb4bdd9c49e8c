// What axe has against a view, as lines that a person can read.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Evaluated, since a document of an extension takes no script element. */
export async function violations(within: Page | Frame, part: string): Promise<string[]> {
  await within.evaluate(await readFile(axePath, 'utf8'))
  const results = await within.evaluate(
    (part) =>
      (globalThis as unknown as { axe: { run(within: object): Promise<AxeResults> } }).axe.run({ include: [[part]] }),
    part,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`),
  )
}
