// How long facts take from the page into a world of the real panel, in a real browser, beside one message each through a port.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../../../scripts/browser.mjs'
import { build } from '../../../scripts/build.mjs'
import { openTab, showPanel } from '../../../scripts/devtools.mjs'
import { launch } from '../../../scripts/launch.mjs'
import { serve } from '../../../scripts/serve.mjs'
import { root, step } from '../../../scripts/steps.mjs'
import { bundle } from '../hosts.mjs'

const FEW = 20_000
/** Milliseconds: DESIGN's goals for the whole road, and for the longest task that it is for the page. */
/** @type {Record<number, number>} */
const goals = { [FEW]: 60, 1000000: 4_000 }
const LONGEST_TASK = 50

/**
 * @param {number} rounds
 * @param {number} many
 */
export async function road(rounds, many) {
  await build()
  const folder = await mkdtemp(join(tmpdir(), 'contextvars-road-'))
  const closing = [() => rm(folder, { recursive: true, force: true })]
  try {
    const extension = join(folder, 'extension')
    await prepareExtension(extension)
    const site = await serve({ '/runtime/': join(root, 'dist/runtime'), '/': join(root, 'test/bench/road') })
    closing.push(site.close)
    const browser = await launch({ executable: await findBrowser(), headless: true, extension })
    closing.push(browser.close)
    console.log('\nFrom the page into a world of the panel, in ms (the median)\n')
    for (const facts of [FEW, many]) {
      const measured = await step(`Measure ${facts.toLocaleString('en')} facts`, () =>
        measure(browser, `${site.origin}/page.html?facts=${facts}`, facts, rounds),
      )
      const goal = goals[facts] ?? null
      const said = goal === null ? '' : `  ≤ ${goal} ${measured.read <= goal ? '✓' : '✗ missed'}`
      console.log(`${facts.toLocaleString('en').padStart(9)} facts  ${measured.read.toFixed(0).padStart(6)}${said}`)
      const task = `  ≤ ${LONGEST_TASK} ${measured.longest <= LONGEST_TASK ? '✓' : '✗ missed'}`
      console.log(`  the page's longest task  ${measured.longest.toFixed(1)}${task}`)
      if (measured.received !== null) {
        const ratio = measured.received / measured.read
        console.log(`  a message each, by port  ${measured.received.toFixed(0)}: ${ratio.toFixed(0)} times as long`)
      }
    }
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

/**
 * @param {import('../../../scripts/launch.mjs').Browser} browser
 * @param {string} url
 * @param {number} facts
 * @param {number} rounds
 */
async function measure(browser, url, facts, rounds) {
  const tab = await openTab(browser)
  try {
    await tab.page.goto(url)
    await tab.page.waitForFunction(() => document.title === 'ready', null, { timeout: 600_000 })
    await showPanel(tab)
    const panel = await panelFrame(tab)
    /** @type {(what: 'read' | 'receive') => Promise<number>} */
    const once = (what) =>
      panel.evaluate(
        ([what, facts]) => Reflect.get(globalThis, 'road')[what](facts),
        /** @type {const} */ ([what, facts]),
      )
    const reads = []
    const receives = []
    for (let round = 0; round < rounds; round++) {
      reads.push(await once('read'))
      if (facts === FEW) receives.push(await once('receive'))
    }
    const longest = await tab.page.evaluate(() => Reflect.get(globalThis, 'longest')())
    return { read: median(reads), received: receives.length > 0 ? median(receives) : null, longest }
  } finally {
    await tab.close()
  }
}

/**
 * The panel's document, with the bench in the place of the panel, so that nobody else asks the page.
 * @param {import('../../../scripts/devtools.mjs').Tab} tab
 */
async function panelFrame({ devtools, panel }) {
  await panel.locator('body').waitFor({ state: 'attached' })
  const frame = devtools.frames().find((one) => one.url().endsWith('/panel/index.html'))
  if (frame === undefined) throw new Error('The panel is not there.')
  await frame.waitForFunction(() => 'road' in globalThis)
  return frame
}

/**
 * A copy of the extension in which the panel's page runs the bench, with a content script that posts through a port.
 * @param {string} extension
 */
async function prepareExtension(extension) {
  await cp(join(root, 'dist/extension'), extension, { recursive: true })
  await bundle('road/panel', join(extension, 'bench'))
  await cp(join(root, 'test/bench/road/content.js'), join(extension, 'content.js'))
  await writeFile(
    join(extension, 'panel/index.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/bench/road/panel.mjs"></script>',
  )
  const manifest = JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'))
  manifest.content_scripts = [{ matches: ['http://127.0.0.1/*'], js: ['content.js'] }]
  await writeFile(join(extension, 'manifest.json'), JSON.stringify(manifest))
}

/** @param {number[]} times */
const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
