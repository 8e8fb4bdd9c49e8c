// Everything that a page can reach, before the install, after it and after the uninstall: what was changed is what is listed
// here, and all of it comes back.

import { expect } from 'playwright/test'
import type { EventPolicy } from '../../runtime/async'
import { journey } from './harness/journey'

/** By the interface whose own property it is; handlers, `on…`, are not listed one by one. Not every browser has all. */
const CHANGED: Record<string, string> = {
  globalThis:
    'setTimeout clearTimeout setInterval clearInterval requestAnimationFrame cancelAnimationFrame ' +
    'webkitRequestAnimationFrame webkitCancelAnimationFrame queueMicrotask requestIdleCallback ' +
    'MutationObserver WebKitMutationObserver IntersectionObserver ResizeObserver PerformanceObserver ReportingObserver ' +
    'PressureObserver FileSystemObserver FinalizationRegistry ReadableStream WritableStream TransformStream ' +
    'VideoDecoder VideoEncoder AudioDecoder AudioEncoder webkitRequestFileSystem webkitResolveLocalFileSystemURL',
  Promise: 'resolve all allSettled any race reject try withResolvers',
  'Promise.prototype': 'constructor then catch finally',
  'EventTarget.prototype': 'addEventListener removeEventListener',
  'Scheduler.prototype': 'postTask',
  'HTMLVideoElement.prototype': 'requestVideoFrameCallback',
  'Document.prototype': 'startViewTransition',
  'Element.prototype': 'startViewTransition',
  'NavigateEvent.prototype': 'intercept',
  'LockManager.prototype': 'request',
  'HTMLCanvasElement.prototype': 'toBlob',
  'BaseAudioContext.prototype': 'decodeAudioData',
  'DataTransferItem.prototype': 'getAsString webkitGetAsEntry',
  'Geolocation.prototype': 'getCurrentPosition watchPosition',
  'MediaSession.prototype': 'setActionHandler',
  'RemotePlayback.prototype': 'watchAvailability',
  'LaunchQueue.prototype': 'setConsumer',
  'Navigator.prototype': 'webkitGetUserMedia',
  'RTCPeerConnection.prototype': 'createOffer createAnswer setLocalDescription setRemoteDescription addIceCandidate',
  Notification: 'requestPermission',
  // Their prototypes have no global names.
  'root.__proto__': 'createReader getFile getDirectory removeRecursively',
  'root.__proto__.__proto__': 'getParent getMetadata copyTo moveTo remove',
}

/** And under the policy `dispatch`, which has to know who sends. */
const CHANGED_FOR_DISPATCH = [
  'XMLHttpRequest.prototype.send',
  'globalThis.WebSocket',
  'globalThis.EventSource',
  'globalThis.Worker',
]

/** Handlers that are on no node, and no other script reaches. */
const HANDLERS =
  'MessagePort.onmessage BroadcastChannel.onmessage EventSource.onmessage WebSocket.onopen Worker.onmessage AbortSignal.onabort ' +
  'ServiceWorkerContainer.onmessage RTCPeerConnection.ontrack RTCDataChannel.onmessage FileReader.onload IDBRequest.onsuccess ' +
  'XMLHttpRequest.onreadystatechange XMLHttpRequestEventTarget.onload Animation.onfinish MediaQueryList.onchange ' +
  'Navigation.onnavigate CookieStore.onchange PermissionStatus.onchange MediaRecorder.ondataavailable TextTrack.oncuechange'

/** In the page. Answers what a page finds changed when everything was installed, and when nothing is any more. */
async function compare(
  urls: string[],
  events: EventPolicy,
): Promise<{ during: string[]; after: string[]; strangers: string[] }> {
  const [{ install }] = await Promise.all(urls.map((url) => import(url)))
  type Request = (type: number, size: number, give: (system: FileSystem) => void) => void
  const rootOfFiles = () =>
    new Promise<FileSystemEntry>((resolve) => {
      const { webkitRequestFileSystem: request } = globalThis as unknown as { webkitRequestFileSystem: Request }
      request(0, 1, (system) => resolve(system.root))
    })
  const root = await rootOfFiles()
  type Places = Map<object, { path: string; properties: Map<PropertyKey, PropertyDescriptor | undefined> }>
  const isObject = (value: unknown) => typeof value === 'function' || (typeof value === 'object' && value !== null)

  /** Every object that can be reached without calling anything, and its own properties. */
  const look = (): Places => {
    const places: Places = new Map()
    const waiting: [string, object][] = [
      ['globalThis', globalThis],
      ['root', root],
    ]
    for (const [path, place] of waiting) {
      if (places.has(place)) continue
      const keys = Reflect.ownKeys(place)
      const properties = new Map(keys.map((key) => [key, Reflect.getOwnPropertyDescriptor(place, key)]))
      places.set(place, { path, properties })
      for (const [key, descriptor] of properties) {
        if (key === 'constructor' || !isObject(descriptor?.value)) continue
        waiting.push([path === 'globalThis' ? String(key) : `${path}.${String(key)}`, descriptor?.value])
      }
      const prototype = Reflect.getPrototypeOf(place)
      if (prototype !== null) waiting.push([`${path}.__proto__`, prototype])
    }
    return places
  }
  const parts = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const
  const differences = (before: Places): string[] =>
    [...before].flatMap(([place, { path, properties }]) => {
      const keys = new Set([...properties.keys(), ...Reflect.ownKeys(place)])
      const changed = [...keys].filter((key) => {
        const [then, today] = [properties.get(key), Reflect.getOwnPropertyDescriptor(place, key)]
        return parts.some((part) => then === undefined || today === undefined || !Object.is(then[part], today[part]))
      })
      const order = String([...properties.keys()].map(String)) === String(Reflect.ownKeys(place).map(String))
      const reordered = order || changed.length > 0 ? [] : [`the order of ${path}`]
      return [...changed.map((key) => `${path}.${String(key)}`), ...reordered]
    })
  const work = async () => {
    const target = new EventTarget()
    target.addEventListener('x', () => {})
    target.dispatchEvent(new Event('x'))
    Object.assign(new Image(), { onload: () => {} })
    await new Promise((resolve) => setTimeout(resolve))
    await new ReadableStream({ pull: (controller) => controller.close() }).getReader().read()
    document.createElement('canvas').toBlob(() => {})
    await rootOfFiles()
  }

  const before = look()
  const uninstall = install({ events })
  await work()
  const during = differences(before)
  const strangers = [...look()].flatMap(([, { path, properties }]) =>
    [...properties.keys()].map((key) => `${path}.${String(key)}`).filter((name) => /zone_|\bZone\b/i.test(name)),
  )
  uninstall()
  const added = [...look()].filter(([place]) => !before.has(place)).map(([, { path }]) => `${path} is new`)
  return { during, after: [...differences(before), ...added], strangers }
}

journey.for([
  ['cause', []],
  ['dispatch', CHANGED_FOR_DISPATCH],
] as const)(
  'install changes what is listed, and uninstall gives all back: %s',
  async ([events, more], { tab, site }) => {
    const { page } = tab
    await page.goto(`${site.origin}/plain/`)
    // The compiler of the tests would rewrite `import()`.
    const source = String(compare).replaceAll('__vite_ssr_dynamic_import__', 'import')
    const {
      during: changed,
      after,
      strangers,
    } = (await page.evaluate(`(${source})(['/runtime/async.js', '/runtime/index.js'], '${events}')`)) as Awaited<
      ReturnType<typeof compare>
    >
    expect(after).toEqual([])
    expect(strangers).toEqual([])

    // One interface has two names, and the older comes first.
    const during = changed.map((name) => name.replace('webkitRTCPeerConnection', 'RTCPeerConnection'))
    const isHandler = (name: string) => /\.on[a-z]+$/.test(name)
    const followed = during.filter(isHandler).map((name) => name.replace('.prototype', ''))
    expect(followed).toEqual(expect.arrayContaining(HANDLERS.split(' ')))

    const listed = Object.entries(CHANGED)
      .flatMap(([owner, names]) => names.split(' ').map((name) => `${owner}.${name}`))
      .concat(more)
    const constructors = /\.prototype\.constructor$/
    const marks = /^globalThis\.Symbol\(contextvars /
    const unlisted = during.filter(
      (name) => !isHandler(name) && !constructors.test(name) && !marks.test(name) && !listed.includes(name),
    )
    expect(unlisted).toEqual([])
    expect(during).toEqual(expect.arrayContaining(['LockManager.prototype.request', 'root.__proto__.getFile', ...more]))
  },
)

journey(
  'what was handed over before the uninstall stays with the host until the next install',
  async ({ tab: { page }, site }) => {
    await page.goto(`${site.origin}/plain/`)
    const seen = await page.evaluate(`(async () => {
    const { install } = await import('/runtime/async.js')
    const target = document.createElement('button')
    const seen = []
    const listener = () => seen.push('listener')
    const handler = () => seen.push('handler')
    const uninstall = install()
    target.onclick = handler
    target.addEventListener('click', listener)
    uninstall()
    target.removeEventListener('click', listener)
    seen.push(target.onclick === handler)
    target.click()
    install()
    target.removeEventListener('click', listener)
    seen.push(target.onclick === handler)
    target.click()
    return seen
  })()`)
    expect(seen).toEqual([false, 'handler', 'listener', true, 'handler'])
  },
)
