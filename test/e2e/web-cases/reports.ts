// Targets that report what a program started: requests, channels, connections, databases, files.

import type { WebCases } from './case'

const REGISTRANTS = { cause: 'registrant', registration: 'registrant' }

export const reports: WebCases = {
  'WB-21 XMLHttpRequest: progress, readystatechange, load': {
    cause: 'progress: registrant, readystatechange: registrant, load: registrant, handler: registrant',
    registration: 'progress: registrant, readystatechange: registrant, load: registrant, handler: registrant',
    dispatch: 'progress: sender, readystatechange: sender, load: sender, handler: sender',
    body: async ({ as, who, say, tell, times }) => {
      const request = new XMLHttpRequest()
      request.open('GET', 'page.js')
      as('registrant', () => {
        request.addEventListener('readystatechange', (event) => {
          if (request.readyState === 4) tell(event)
        })
        request.addEventListener('progress', tell, { once: true })
        request.addEventListener('load', tell)
        request.onloadend = () => say(`handler: ${who.get()}`)
      })
      as('sender', () => request.send())
      await times(4)
    },
  },
  'WB-21 XMLHttpRequest: what its upload reports': {
    ...REGISTRANTS,
    dispatch: 'sender',
    body: async ({ as, see, times }) => {
      const request = new XMLHttpRequest()
      request.open('POST', 'page.js')
      as('registrant', () => request.upload.addEventListener('load', see))
      as('sender', () => request.send('something'))
      await times(1)
    },
  },
  'WB-22 XMLHttpRequest: abort()': {
    ...REGISTRANTS,
    dispatch: 'aborter',
    body: ({ as, see }) => {
      const request = new XMLHttpRequest()
      request.open('GET', '/never')
      as('registrant', () => request.addEventListener('abort', see))
      as('sender', () => request.send())
      as('aborter', () => request.abort())
    },
  },
  'WB-24 fetch aborted: the signal’s event, and the await': {
    cause: 'registrant, task AbortError',
    registration: 'registrant, task AbortError',
    dispatch: 'aborter, task AbortError',
    body: async ({ as, who, say, see, times }) => {
      const aborting = new AbortController()
      as('registrant', () => aborting.signal.addEventListener('abort', see))
      void as('task', async () => {
        try {
          await fetch('/never', { signal: aborting.signal })
        } catch (error) {
          say(`${who.get()} ${(error as Error).name}`)
        }
      })
      as('aborter', () => aborting.abort())
      await times(2)
    },
  },
  'WB-25 MessagePort: a handler, then a listener': {
    cause: 'registrant, registrant',
    registration: 'registrant, registrant',
    dispatch: 'base, base',
    body: async ({ as, see, times, keep }) => {
      const { port1, port2 } = keep(new MessageChannel())
      as('registrant', () => {
        port1.onmessage = see
        port1.addEventListener('message', () => see())
      })
      as('sender', () => port2.postMessage(1))
      await times(2)
      port1.close()
    },
  },
  'WB-26 BroadcastChannel: a handler, then a listener': {
    cause: 'registrant, registrant',
    registration: 'registrant, registrant',
    dispatch: 'base, base',
    body: async ({ as, see, times }) => {
      const [here, there] = [new BroadcastChannel('channel'), new BroadcastChannel('channel')]
      as('registrant', () => {
        here.onmessage = see
        here.addEventListener('message', () => see())
      })
      as('sender', () => there.postMessage(1))
      await times(2)
      here.close()
      there.close()
    },
  },
  'WB-26 window.postMessage': {
    cause: 'base, base',
    registration: 'registrant, registrant',
    dispatch: 'base, base',
    body: async ({ as, see, times }) => {
      as('registrant', () => {
        addEventListener('message', see, { once: true })
        window.onmessage = see
      })
      as('sender', () => postMessage(1))
      await times(2)
      window.onmessage = null
    },
  },
  'WB-27 WebSocket: open, message, close': {
    cause: 'open: registrant, message: registrant, close: registrant',
    registration: 'open: registrant, message: registrant, close: registrant',
    dispatch: 'open: constructor, message: base, close: base',
    body: async ({ as, tell, times, socket: address }) => {
      const socket = as('constructor', () => new WebSocket(address))
      as('registrant', () => {
        socket.onopen = tell
        socket.addEventListener('message', tell)
        socket.onclose = tell
      })
      await times(2)
      as('closer', () => socket.close())
      await times(3)
    },
  },
  'WB-28 EventSource: open, message, error': {
    cause: 'open: registrant, message: registrant, error: registrant',
    registration: 'open: registrant, message: registrant, error: registrant',
    dispatch: 'open: constructor, message: base, error: constructor',
    body: async ({ as, tell, times }) => {
      const source = as('constructor', () => new EventSource('/events'))
      as('registrant', () => {
        source.onopen = tell
        source.onmessage = tell
        source.addEventListener('error', tell, { once: true })
      })
      await times(3)
      source.close()
    },
  },
  'WB-29 Worker: message, and an error of its script': {
    cause: 'message: registrant, error: registrant',
    registration: 'message: registrant, error: registrant',
    dispatch: 'message: base, error: constructor',
    body: async ({ as, tell, times }) => {
      const script = URL.createObjectURL(new Blob(['postMessage(1)']))
      const worker = as('constructor', () => new Worker(script))
      as('registrant', () => {
        worker.onmessage = tell
      })
      await times(1)
      worker.terminate()
      const absent = as('constructor', () => new Worker('/absent.js'))
      as('registrant', () => {
        absent.onerror = tell
      })
      await times(2)
    },
  },
  'WB-30 IndexedDB: upgradeneeded, success of the database, success of a request, complete': {
    cause: 'upgradeneeded: registrant, success: registrant, success: registrant, complete: registrant',
    registration: 'upgradeneeded: registrant, success: registrant, success: registrant, complete: registrant',
    dispatch: 'upgradeneeded: base, success: base, success: base, complete: base',
    body: async ({ as, tell, times }) => {
      const opening = as('opener', () => indexedDB.open(`${Math.random()}`))
      as('registrant', () => {
        opening.onupgradeneeded = (event) => {
          opening.result.createObjectStore('store')
          tell(event)
        }
        opening.onsuccess = tell
      })
      await times(2)
      const transaction = opening.result.transaction('store', 'readwrite')
      const asked = as('asker', () => transaction.objectStore('store').put('value', 'key'))
      as('registrant', () => {
        asked.addEventListener('success', tell)
        transaction.oncomplete = tell
      })
      await times(4)
      opening.result.close()
    },
  },
  'FileReader: load': {
    ...REGISTRANTS,
    dispatch: 'base',
    body: ({ as, see, times, keep }) => {
      const reader = keep(new FileReader())
      as('registrant', () => {
        reader.onload = see
      })
      as('reader', () => reader.readAsText(new Blob(['x'])))
      return times(1)
    },
  },
  'RTCPeerConnection: negotiationneeded, icegatheringstatechange, a data channel’s close': {
    cause: 'negotiationneeded: registrant, icegatheringstatechange: registrant',
    registration: 'negotiationneeded: registrant, icegatheringstatechange: registrant',
    dispatch: 'negotiationneeded: base, icegatheringstatechange: base',
    body: async ({ as, tell, times, keep }) => {
      const connection = keep(new RTCPeerConnection())
      as('registrant', () => {
        connection.onnegotiationneeded = tell
        connection.addEventListener('icegatheringstatechange', tell, { once: true })
      })
      as('caller', () => connection.createDataChannel('x'))
      await times(1)
      await as('caller', () => connection.setLocalDescription())
      await times(2)
      connection.close()
    },
  },
  'ServiceWorkerContainer: message': {
    ...REGISTRANTS,
    dispatch: 'base',
    body: async ({ as, see, times }) => {
      const registered = await navigator.serviceWorker.register('service-worker.js')
      await navigator.serviceWorker.ready
      as('registrant', () => {
        navigator.serviceWorker.onmessage = see
      })
      as('sender', () => registered.active?.postMessage(1))
      await times(1)
      navigator.serviceWorker.onmessage = null
      await registered.unregister()
    },
  },
}
