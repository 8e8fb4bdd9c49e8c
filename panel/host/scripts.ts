// The text of the page's scripts, as DevTools has it: asking costs the page nothing.

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
    inspectedWindow: { getResources(done: (resources: Resource[]) => void): void }
    network: { getHAR(done: (log: { entries?: NetworkEntry[] }) => void): void }
  }
}

/** What DevTools made of a source map: the original, not the script that the page runs. */
const ORIGINAL = 'sm-script'

export async function readScript(url: string): Promise<string | null> {
  const resources = await new Promise<Resource[]>((resolve) => chrome.devtools.inspectedWindow.getResources(resolve))
  const resource = resources.find((each) => each.url === url && each.type !== ORIGINAL)
  if (resource !== undefined) return content(resource)
  // A development server gives a script and its original one address, and then only the original is listed. What came over
  // the network since DevTools was opened is kept beside it.
  const entry = (await network()).get(url)
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
let listed: { at: number; entries: Promise<ReadonlyMap<string, NetworkEntry>> } | null = null

/** The newest answer for each address. */
function network(): Promise<ReadonlyMap<string, NetworkEntry>> {
  if (listed === null || performance.now() - listed.at > FRESH) {
    const entries = new Promise<ReadonlyMap<string, NetworkEntry>>((resolve) =>
      chrome.devtools.network.getHAR(({ entries = [] }) =>
        resolve(new Map(entries.map((entry) => [entry.request.url, entry]))),
      ),
    )
    listed = { at: performance.now(), entries }
  }
  return listed.entries
}
