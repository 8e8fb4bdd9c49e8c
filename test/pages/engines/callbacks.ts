// Callbacks that are handed over, by what they are handed to.

type Case = (see: () => void) => unknown

/** Observers and ports that must not be collected before they have called back. */
const kept: unknown[] = []
const keep = <T>(thing: T): T => {
  kept.push(thing)
  return thing
}

/** They run in a copy of the context of the moment at which they were handed over. */
export const atRegistration: Record<string, Case> = {
  'then of a resolved promise': (see) => Promise.resolve().then(see),
  'then of a rejection': (see) => Promise.reject(new Error('expected')).then(undefined, see),
  'then of a pending promise': (see) => new Promise((resolve) => setTimeout(resolve)).then(see),
  catch: (see) => Promise.reject(new Error('expected')).catch(see),
  finally: (see) => Promise.resolve().finally(see),
  'then of a subclass': (see) => new (class extends Promise<void> {})((resolve) => setTimeout(resolve)).then(see),
  queueMicrotask: (see) => queueMicrotask(see),
  setTimeout: (see) => setTimeout(see),
  setInterval: (see) => {
    const id = setInterval(() => {
      clearInterval(id)
      see()
    })
  },
  'requestAnimationFrame, nested': (see) => requestAnimationFrame(() => requestAnimationFrame(see)),
  requestIdleCallback: (see) => requestIdleCallback(see),
  'MessagePort onmessage': (see) => {
    const { port1, port2 } = keep(new MessageChannel())
    port1.onmessage = see
    port2.postMessage(1)
  },
  'MessagePort message': (see) => {
    const { port1, port2 } = keep(new MessageChannel())
    port1.addEventListener('message', see)
    port1.start()
    port2.postMessage(1)
  },
  'BroadcastChannel onmessage': (see) => {
    const [one, other] = keep([new BroadcastChannel('channel'), new BroadcastChannel('channel')])
    one.onmessage = () => {
      one.close()
      other.close()
      see()
    }
    other.postMessage(1)
  },
  'XMLHttpRequest load': (see) => {
    const request = keep(new XMLHttpRequest())
    request.addEventListener('load', see)
    request.open('GET', '.')
    request.send()
  },
  'FileReader onload': (see) => {
    const reader = keep(new FileReader())
    reader.onload = see
    reader.readAsText(new Blob(['text']))
  },
  'AbortSignal abort': (see) => {
    const controller = keep(new AbortController())
    controller.signal.addEventListener('abort', see)
    setTimeout(() => controller.abort())
  },
  'an EventTarget of one’s own': (see) => {
    const target = new EventTarget()
    target.addEventListener('event', { handleEvent: see })
    setTimeout(() => target.dispatchEvent(new Event('event')))
  },
  MutationObserver: (see) => {
    keep(new MutationObserver(see)).observe(document.body, { attributes: true })
    document.body.title = `${Math.random()}`
  },
  ResizeObserver: (see) => keep(new ResizeObserver(see)).observe(document.body),
  IntersectionObserver: (see) => keep(new IntersectionObserver(see)).observe(document.body),
  PerformanceObserver: (see) => {
    keep(new PerformanceObserver(see)).observe({ entryTypes: ['mark'] })
    performance.mark(`${Math.random()}`)
  },
  'locks.request': (see) => navigator.locks.request(`${Math.random()}`, async () => see()),
  'canvas.toBlob': (see) => document.createElement('canvas').toBlob(see),
}

/** Events of the page itself: the case says how to dispatch one, and `see` sees what the dispatcher has. */
export const atDispatch: Record<string, (see: () => void) => () => void> = {
  click: (see) => {
    const button = document.createElement('button')
    button.onclick = see
    return () => button.click()
  },
  'an event of the document': (see) => {
    document.addEventListener('event', see, { once: true })
    return () => document.dispatchEvent(new Event('event'))
  },
  'an event of the window': (see) => {
    window.addEventListener('event', see, { once: true })
    return () => window.dispatchEvent(new Event('event'))
  },
}
