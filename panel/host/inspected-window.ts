// The page under inspection, as the browser's DevTools API gives it: evaluating, reloading with the recorder, and word of
// navigations. What was evaluated is text that this extension brings; nothing is built from the page's data.

import browser from 'webextension-polyfill'
import type { BreakConditions, OnDemandScript } from '../../runtime/protocol'
import { hasBreaks } from '../source/breaks'
import type { InspectedPage, PageEvent } from '../source/inspected-page'
import { breakOnAtStart } from '../source/on-demand'
import { configureAtStart, describeExpression, windowAt } from '../source/page-expressions'
import type { WantedSettings } from '../source/wanted'
import { joined, unnamed } from './joined-script'

const { inspectedWindow, network } = browser.devtools

/** What went wrong with an evaluation, as browsers tell it. */
interface Trouble {
  isError?: boolean
  code?: string
  description?: string
  details?: unknown[]
  isException?: boolean
  value?: string
}

interface Resource {
  url: string
  type?: string
}
type Heard = (resource: Resource) => void

declare const chrome: {
  runtime: { lastError?: { message?: string } }
  devtools: {
    inspectedWindow: {
      eval(expression: string, where: { frameURL?: string }, done: (value: unknown, trouble?: Trouble) => void): void
      /** Not in Firefox, nor is the next. */
      getResources?(done: (resources: Resource[]) => void): void
      onResourceAdded?: { addListener(heard: Heard): void; removeListener(heard: Heard): void }
    }
  }
}

/** By callback, which all browsers answer alike: the promise of this call holds something else in each, and in each version. */
function evaluated(
  expression: string,
  frameUrl: string | null,
): Promise<[value: unknown, trouble: Trouble | undefined]> {
  const where = frameUrl === null ? {} : { frameURL: frameUrl }
  return new Promise((resolve, reject) =>
    chrome.devtools.inspectedWindow.eval(expression, where, (value, trouble) => {
      // In Firefox, the question of a page that has gone meanwhile.
      const { lastError } = chrome.runtime
      if (lastError) reject(new Error(lastError.message))
      else resolve([value, trouble])
    }),
  )
}

/** Milliseconds until nobody waits for a list of resources any more. */
const PATIENCE = 5_000

const NOT_ALLOWED = /\bnot allowed\b/

const isDocument = ({ type }: Resource): boolean => type === 'document'

export const inspectedWindowPage: InspectedPage = {
  async evaluate(expression, frameUrl = null) {
    const [value, trouble] = await evaluated(expression, frameUrl)
    if (trouble?.isException) throw new Error(trouble.value)
    if (!trouble?.isError) return { value }
    const said = inWords(trouble.description, trouble.details)
    // A page on its way elsewhere answers with a protocol error; everything else is a page that extensions may not enter, of which
    // Firefox says so, by the same code.
    if (trouble.code === 'E_PROTOCOLERROR' && !NOT_ALLOWED.test(said)) throw new Error(said)
    return { refused: said }
  },
  async inject({ frameUrl, path }, name) {
    const script = await ((name && ahead.get(name)) ?? packagedScript(name ?? 'inject'))
    // A frame that has no address of its own evaluates for itself, as far as its policy allows.
    const expression = path.length === 0 ? script : `${windowAt(path)}["eval"](${JSON.stringify(script)})`
    await this.evaluate(expression, frameUrl)
  },
  async documents() {
    const { getResources } = chrome.devtools.inspectedWindow
    if (getResources === undefined) return []
    const resources = await new Promise<Resource[]>((resolve) => {
      // Of a page that extensions may not enter Chrome tells nothing, and trips over its own refusal.
      setTimeout(resolve, PATIENCE, [])
      getResources(resolve)
    })
    return resources.filter(isDocument).map(({ url }) => url)
  },
  watch(listener) {
    const navigated = () => listener('navigated')
    network.onNavigated.addListener(navigated)
    const added: Heard = (resource) => {
      if (isDocument(resource)) listener('documents')
    }
    const { onResourceAdded } = chrome.devtools.inspectedWindow
    onResourceAdded?.addListener(added)
    const unwatch = [
      () => network.onNavigated.removeListener(navigated),
      () => onResourceAdded?.removeListener(added),
      heed('contextvars:shown', 'shown', listener),
      heed('contextvars:hidden', 'hidden', listener),
    ]
    return () => {
      for (const undo of unwatch) undo()
    }
  },
}

/** Only the devtools page is told when a panel is shown or hidden; it passes that on as an event on the panel's window. */
function heed(type: string, event: PageEvent, listener: (event: PageEvent) => void): () => void {
  const heard = () => listener(event)
  addEventListener(type, heard)
  return () => removeEventListener(type, heard)
}

/**
 * The recorder has its settings before the page's first script, and the page pauses where it is to from the first on. Zones, where they are
 * to be shown, are met by then, too.
 */
export async function reloadAndRecord(
  settings: WantedSettings,
  conditions: BreakConditions,
  zones: boolean,
): Promise<void> {
  const before = zones ? unnamed(await packagedScript('zones')) : ''
  const recorder = `${before}${await packagedScript('inject')}\n${configureAtStart(settings)}\n`
  if (!hasBreaks(conditions)) {
    inspectedWindow.reload({ injectedScript: recorder })
    return
  }
  const breakOn = `${await packagedScript('break-on')}\n${breakOnAtStart(conditions)}\n`
  inspectedWindow.reload({ injectedScript: joined(recorder, breakOn) })
}

export async function describeInspectedPage(): Promise<{ url: string; title: string }> {
  const evaluation = await inspectedWindowPage.evaluate(describeExpression)
  const [url = '', title = ''] = 'value' in evaluation ? String(evaluation.value).split('\n') : []
  return { url, title }
}

const ahead = new Map<OnDemandScript, Promise<string>>()

/** Of a script that may be needed at once. */
export function readAhead(name: OnDemandScript): void {
  ahead.set(name, packagedScript(name))
}

async function packagedScript(name: 'inject' | 'zones' | OnDemandScript): Promise<string> {
  const packaged = await fetch(browser.runtime.getURL(`${name}.js`))
  return packaged.text()
}

/** DevTools gives a sentence with places for the details: `Operation failed: %s`. */
function inWords(description = '', details: readonly unknown[] = []): string {
  const left = [...details]
  return description.replace(/%s/g, () => String(left.shift() ?? ''))
}
