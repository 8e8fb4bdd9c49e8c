// The text of the page's scripts, as DevTools has it: asking costs the page nothing.

import { requestedScripts } from './requested-scripts'

/** Chrome's, and unknown to the polyfill's types. By callback, as all of `devtools`. */
type Deliver = (content: string | null | undefined, encoding: string) => void
interface Resource {
  url: string
  type?: string
  getContent(done: Deliver): void
}
interface NetworkEntry {
  request: { url: string }
  getContent(done: Deliver): void
}
declare const chrome: {
  devtools: {
    inspectedWindow: { getResources?(done: (resources: Resource[]) => void): void }
    network: {
      getHAR(done: (log: { entries?: NetworkEntry[] }) => void): void
      onNavigated: { addListener(listener: () => void): void }
    }
  }
}

/** What DevTools made of a source map: the original, not the script that the page runs. */
const ORIGINAL = 'sm-script'

const { getResources } = chrome.devtools.inspectedWindow

export const readScript: (url: string) => Promise<string | null> =
  getResources === undefined ? requestedScripts() : (url) => listedScript(url, getResources)

async function listedScript(
  url: string,
  list: (done: (resources: Resource[]) => void) => void,
): Promise<string | null> {
  const resources = await new Promise<Resource[]>((resolve) => list(resolve))
  const resource = resources.find((each) => each.url === url && each.type !== ORIGINAL)
  if (resource !== undefined) return content(resource)
  // A development server gives a script and its original one address, and then only the original is listed. What came over
  // the network since DevTools was opened is kept beside it.
  const entry = (await network(FRESH)).get(url) ?? (await network(NEWER)).get(url)
  return entry === undefined ? null : content(entry)
}

async function content(from: Pick<Resource, 'getContent'>): Promise<string | null> {
  const [text, encoding] = await new Promise<Parameters<Deliver>>((resolve) =>
    from.getContent((text, encoding) => resolve([text, encoding])),
  )
  // Undefined, where the page goes elsewhere meanwhile.
  if (typeof text !== 'string') return null
  return encoding === 'base64' ? new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))) : text
}

/** Milliseconds for which one listing of the network serves: a page's scripts are asked for in bursts. */
const FRESH = 1_000
/** The same where it lacks a script: that may have come since. */
const NEWER = 100
let listed: { at: number; entries: Promise<ReadonlyMap<string, NetworkEntry>> } | null = null

/** The newest answer for each address. */
function network(fresh: number): Promise<ReadonlyMap<string, NetworkEntry>> {
  if (listed === null || performance.now() - listed.at > fresh) {
    const entries = new Promise<ReadonlyMap<string, NetworkEntry>>((resolve) =>
      chrome.devtools.network.getHAR(({ entries = [] }) =>
        resolve(new Map(entries.map((entry) => [entry.request.url, entry]))),
      ),
    )
    listed = { at: performance.now(), entries }
  }
  return listed.entries
}

// What it says of the page before has lost its content.
chrome.devtools.network.onNavigated.addListener(() => {
  listed = null
})
