// What the real panel takes for a page with very many contexts, beside a plain list of as many rows in the same browser.

import { join } from 'node:path'
import { setTimeout as moment } from 'node:timers/promises'
import { findBrowser } from '../../../scripts/browser.mjs'
import { build } from '../../../scripts/build.mjs'
import { openTab, showPanel } from '../../../scripts/devtools.mjs'
import { launch } from '../../../scripts/launch.mjs'
import { serve } from '../../../scripts/serve.mjs'
import { root, step } from '../../../scripts/steps.mjs'
import * as person from './person.mjs'

/** DESIGN's goals, for 100,000 contexts and 1,000,000 facts: milliseconds, and megabytes. */
const goals = { tree: 500, frame: 8, slowFrame: 16, search: 100, seek: 10, memory: 250 }

/** @param {number} facts */
export async function panel(facts) {
  await build()
  const contexts = facts / 10
  const site = await serve({ '/runtime/': join(root, 'dist/runtime'), '/': join(root, 'test/bench/panel') })
  const browser = await launch({
    executable: await findBrowser(),
    headless: true,
    extension: join(root, 'dist/extension'),
  })
  try {
    const size = `${contexts.toLocaleString('en')} contexts, ${facts.toLocaleString('en')} facts`
    const ours = await step(`The panel, ${size}`, () => inPanel(browser, site.origin, contexts, facts))
    const plain = await step('A plain list of as many rows', () => inList(browser, site.origin, contexts))
    console.log(`\nThe panel with ${size}, in ms (a plain list of as many rows)\n`)
    row('the first rows are there after', ours.first, null)
    row('the tree is there after', ours.tree, goals.tree, plain.tree)
    row('all of the history is there after', ours.history, null)
    row('a frame of scrolling and updates, median', ours.frames.median, goals.frame, plain.frames.median)
    row('  of twenty, the slowest', ours.frames.p95, goals.slowFrame, plain.frames.p95)
    row('a search', ours.search, goals.search, plain.search)
    row('a step back, of a fortieth of the line', ours.step, goals.seek)
    row('a jump over more than a third of it', ours.jump, goals.seek)
    row('memory of the panel, in MB', ours.memory, goals.memory, plain.memory)
  } finally {
    await browser.close()
    await site.close()
  }
}

/**
 * @param {string} what
 * @param {number} ours
 * @param {number | null} goal
 * @param {number} [plain]
 */
function row(what, ours, goal, plain) {
  const beside = plain === undefined ? '' : `  (${plain.toFixed(1)})`
  const said = goal === null ? '' : `  ≤ ${goal} ${ours <= goal ? '✓' : '✗ missed'}`
  console.log(`${what.padEnd(44)}${ours.toFixed(1).padStart(9)}${said}${beside}`)
}

/**
 * @param {import('../../../scripts/launch.mjs').Browser} browser
 * @param {string} origin
 * @param {number} contexts
 * @param {number} facts
 */
async function inPanel(browser, origin, contexts, facts) {
  const tab = await openTab(browser)
  try {
    await tab.page.goto(`${origin}/page.html?contexts=${contexts}&facts=${facts}`)
    await tab.page.waitForFunction(() => document.title === 'ready', null, { timeout: 600_000 })
    const began = Date.now()
    const showing = showPanel(tab)
    // Looked at from its first moment on: that it stays in front is known later.
    const frame = await panelFrame(tab)
    const [seen] = await Promise.all([frame.evaluate(person.treeHas, contexts), showing])
    const [first, tree] = [seen.first - began, seen.all - began]
    const history = (await frame.evaluate(person.historyHas, facts)) - began
    await tab.page.evaluate(() => Reflect.get(globalThis, 'goOn')())
    const frames = await frame.evaluate(person.scroll, 300)
    const search = await frame.evaluate(person.search, ['part 7', 'user 4', 'part 33', 'nothing of that', 'step'])
    const step = await frame.evaluate(person.seek, { places: 40, stride: 39 })
    const jump = await frame.evaluate(person.seek, { places: 40, stride: 17 })
    const memory = await occupied(frame)
    return { first, tree, history, frames, search, step, jump, memory }
  } finally {
    await tab.close()
  }
}

/**
 * The panel's document, as soon as there is one.
 * @param {import('../../../scripts/devtools.mjs').Tab} tab
 */
async function panelFrame({ devtools }) {
  for (;;) {
    const frame = devtools.frames().find((one) => one.url().endsWith('/panel/index.html'))
    if (frame !== undefined) return frame
    await moment(10)
  }
}

/**
 * What is left when the garbage is taken out.
 * @param {import('playwright').Page | import('playwright').Frame} where
 */
async function occupied(where) {
  const page = 'page' in where ? where.page() : where
  const session = await page.context().newCDPSession(where)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return where.evaluate(person.memory)
}

/**
 * @param {import('../../../scripts/launch.mjs').Browser} browser
 * @param {string} origin
 * @param {number} contexts
 */
async function inList(browser, origin, contexts) {
  const tab = await openTab(browser)
  try {
    const { page } = tab
    await page.goto(`${origin}/list.html?contexts=${contexts}`)
    const shown = await page.waitForFunction(() => Reflect.get(globalThis, 'shown'), null, { timeout: 120_000 })
    const tree = Number(await shown.jsonValue())
    const frames = await page.evaluate(person.scroll, 300)
    const search = await page.evaluate(person.search, ['copy 7', 'copy 4', '33', 'nothing of that', 'copy'])
    const memory = await occupied(page)
    return { tree, frames, search, memory }
  } finally {
    await tab.close()
  }
}
