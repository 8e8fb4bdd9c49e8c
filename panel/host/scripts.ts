// The text of the page's scripts, as DevTools has it: asking costs the page nothing.

/** Chrome's, and unknown to the polyfill's types. By callback, as all of `devtools`. */
interface Resource {
  url: string
  getContent(done: (content: string | null, encoding: string) => void): void
}
declare const chrome: { devtools: { inspectedWindow: { getResources(done: (resources: Resource[]) => void): void } } }

export async function readScript(url: string): Promise<string | null> {
  const resources = await new Promise<Resource[]>((resolve) => chrome.devtools.inspectedWindow.getResources(resolve))
  const resource = resources.find((each) => each.url === url)
  if (resource === undefined) return null
  const [content, encoding] = await new Promise<[string | null, string]>((resolve) =>
    resource.getContent((content, encoding) => resolve([content, encoding])),
  )
  if (content === null) return null
  return encoding === 'base64'
    ? new TextDecoder().decode(Uint8Array.from(atob(content), (c) => c.charCodeAt(0)))
    : content
}
