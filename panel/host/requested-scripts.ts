// Scripts by the requests that brought them, where DevTools lists no resources (Firefox): it tells of each request as it ends, and keeps
// what came. Of what was loaded before the panel nobody knows the text.

import browser from 'webextension-polyfill'

interface Finished {
  request: { url: string }
  response: { content: { mimeType?: string } }
  getContent(done: (text: string | null | undefined) => void): void
}
type Heard = (request: Finished) => void
declare const chrome: {
  runtime: { lastError?: unknown }
  devtools: { network: { onRequestFinished: { addListener(heard: Heard): void } } }
}

/** More than a page loads; the oldest go. */
const MOST_SCRIPTS = 2_000
/** Milliseconds after a navigation in which a script may run already whose request has not been told of. */
const LATE = 2_000
/** How long somebody waits for it, who waits at all. */
const PATIENCE = 800

/** Listens from now on. What it answers reads the newest text that came from an address. */
export function requestedScripts(): (url: string) => Promise<string | null> {
  const scripts = new Map<string, Finished>()
  const waiting = new Set<() => void>()
  let navigatedAt = Number.NEGATIVE_INFINITY

  browser.devtools.network.onNavigated.addListener(() => {
    navigatedAt = performance.now()
  })
  chrome.devtools.network.onRequestFinished.addListener((finished) => {
    const { request, response } = finished
    if (!/(java|ecma)script/.test(response.content.mimeType ?? '')) return
    scripts.delete(request.url)
    scripts.set(request.url, finished)
    const [oldest] = scripts.keys()
    if (scripts.size > MOST_SCRIPTS && oldest !== undefined) scripts.delete(oldest)
    for (const wake of waiting) wake()
  })

  async function arrived(url: string): Promise<Finished | undefined> {
    const until = performance.now() + PATIENCE
    while (!scripts.has(url) && performance.now() < Math.min(until, navigatedAt + LATE)) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, PATIENCE)
        waiting.add(wake)
      })
    }
    return scripts.get(url)
  }

  return async (url) => {
    const script = await arrived(url)
    if (script === undefined) return null
    const text = await new Promise<unknown>((resolve) =>
      script.getContent((text) => {
        // With a page that has gone, its contents have: who does not look at the error is told of it in the console.
        resolve(chrome.runtime.lastError ? null : text)
      }),
    )
    return typeof text === 'string' ? text : null
  }
}
