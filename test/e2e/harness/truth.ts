// What the page itself has to tell, read straight from its recorder, and what the panel has of it.

import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { parseBatch, parseRecording } from '../../../panel/model/recording'
import { Timeline } from '../../../panel/model/timeline'
import type { World } from '../../../panel/model/world'
import type { Fact } from '../../../runtime/protocol'
import type { Tab } from '../../../scripts/devtools.mjs'
import type { Browser } from '../../../scripts/launch.mjs'
import { exportRecording } from '../../../scripts/panel.mjs'
import { downloads } from './journey'

interface Answers {
  since(seq: number): string
  where(): string
}

declare const __contextvars_outlet__: Answers

/** How many facts the page has stated. */
export const stated = (page: Page): Promise<number> =>
  page.evaluate(() => JSON.parse(__contextvars_outlet__.where()).last)

/** All facts that the page has, oldest first. */
async function factsOfPage(page: Page): Promise<Fact[]> {
  const facts: Fact[] = []
  for (;;) {
    const answer = await page.evaluate((after) => __contextvars_outlet__.since(after), facts.at(-1)?.seq ?? 0)
    const batch = parseBatch(answer)
    if (batch === null) throw new Error(`The page answers ${String(answer).slice(0, 200)}`)
    if (batch.facts.length === 0) return facts
    facts.push(...batch.facts)
  }
}

/** All facts that the panel has, as it lets them go. */
export async function factsOfPanel(browser: Browser, tab: Tab): Promise<Fact[]> {
  const parsed = parseRecording(await readFile(await exportRecording(browser, tab, downloads), 'utf8'))
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.recording.facts
}

export function worldOf(facts: readonly Fact[]): World {
  const timeline = new Timeline()
  timeline.append(facts, {})
  return timeline.head
}

/** Every context with its place, its state and what it holds. */
function told(world: World): string[] {
  return [...world.contexts.values()].map(({ id, parent, kind, name, state, holdings, open }) => {
    const held = [...holdings.values()].map(({ variable, value, setIn }) => `${variable}=${value.text} by ${setIn}`)
    return `${id} in ${parent}: ${kind} ${name} ${state}, ${open} open, holds ${held.sort().join(', ')}`
  })
}

/**
 * Where panel and page do not say the same: facts of one number that differ, and contexts of the tree, at the newest fact that the
 * panel has. The page may have stated more since, and let its oldest facts go.
 */
export async function disagreements(browser: Browser, tab: Tab): Promise<string[]> {
  const panel = await factsOfPanel(browser, tab)
  const last = panel.at(-1)?.seq ?? 0
  const page = (await factsOfPage(tab.page)).filter(({ seq }) => seq <= last)
  const bySeq = new Map(panel.map((fact) => [fact.seq, JSON.stringify(fact)]))
  const facts = page
    .filter((fact) => fact.type !== 'gap' && bySeq.get(fact.seq) !== JSON.stringify(fact))
    .map((fact) => `fact ${fact.seq}: ${JSON.stringify(fact)} in the page, ${bySeq.get(fact.seq)} in the panel`)
  if (page.some(({ type }) => type === 'gap')) return facts
  const inPanel = new Set(told(worldOf(panel)))
  return [...facts, ...told(worldOf(page)).filter((context) => !inPanel.has(context))]
}
