// Single callbacks of media, devices and files: the context of the call, whatever the event policy.

import type { WebCases } from './case'

export const devices: WebCases = {
  'WB-39 geolocation': {
    always: 'caller, watcher, watcher',
    body: async ({ as, see, times, say }) => {
      as('caller', () => navigator.geolocation.getCurrentPosition(see, (error) => say(error.message)))
      await times(1)
      const id = as('watcher', () => navigator.geolocation.watchPosition(see, see))
      await times(3)
      navigator.geolocation.clearWatch(id)
    },
    act: async (page) => {
      // A watcher is told that the old place holds no more, then the new one.
      await page.waitForFunction('said.length >= 1')
      await page.context().setGeolocation({ latitude: 1, longitude: 1 })
    },
  },
  'WB-39 canvas.toBlob': {
    always: 'caller',
    body: ({ as, see, times }) => {
      as('caller', () => document.createElement('canvas').toBlob(see))
      return times(1)
    },
  },
  'WB-39 decodeAudioData: what it gives, and what went wrong': {
    always: 'caller, caller',
    body: async ({ as, see, times }) => {
      const audio = new OfflineAudioContext(1, 1, 8000)
      const samples = new Uint8Array(46)
      const header = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA=='
      for (const [at, character] of [...atob(header)].entries()) samples[at] = character.charCodeAt(0)
      as('caller', () => audio.decodeAudioData(samples.buffer, see))
      await times(1)
      as('caller', () => audio.decodeAudioData(new ArrayBuffer(1), () => {}, see).catch(() => {}))
      await times(2)
    },
  },
  'WB-39 DataTransferItem.getAsString': {
    always: 'caller',
    body: ({ as, see, times }) => {
      const data = new DataTransfer()
      data.items.add('text', 'text/plain')
      as('caller', () => data.items[0]?.getAsString(see))
      return times(1)
    },
  },
  requestVideoFrameCallback: {
    always: 'caller, again',
    body: async ({ as, who, see, times, keep }) => {
      const canvas = keep(document.createElement('canvas'))
      const pen = canvas.getContext('2d')
      const video = keep(document.createElement('video'))
      video.srcObject = canvas.captureStream()
      const drawing = setInterval(() => pen?.fillRect(Math.random(), 0, 1, 1), 10)
      as('caller', () =>
        video.requestVideoFrameCallback(() => {
          see()
          who.set('again')
          video.requestVideoFrameCallback(see)
        }),
      )
      await as('player', () => video.play())
      await times(2)
      clearInterval(drawing)
      video.srcObject = null
    },
  },
  'RTCPeerConnection: the callbacks from before promises': {
    always: 'caller, caller, caller',
    body: async ({ as, see, times, keep }) => {
      const [here, there] = [keep(new RTCPeerConnection()), keep(new RTCPeerConnection())]
      here.createDataChannel('x')
      const offer = await new Promise<RTCSessionDescriptionInit>((resolve) => {
        as('caller', () =>
          here.createOffer(
            (made) => {
              see()
              resolve(made)
            },
            () => {},
          ),
        )
      })
      as('caller', () => here.setLocalDescription(offer, see, () => {}))
      await times(2)
      as('caller', () => there.setRemoteDescription(offer, see, () => {}))
      await times(3)
      here.close()
      there.close()
    },
  },
  'Notification.requestPermission with a callback': {
    always: 'caller',
    body: ({ as, see, times }) => {
      as('caller', () => Notification.requestPermission(see))
      return times(1)
    },
  },
  'getUserMedia with callbacks': {
    always: 'caller',
    body: ({ as, see, times }) => {
      const { webkitGetUserMedia } = Navigator.prototype as unknown as Record<string, (...args: unknown[]) => void>
      as('caller', () => webkitGetUserMedia?.call(navigator, { audio: true }, see, see))
      return times(1)
    },
  },
  'WB-39 FileSystemEntry: the system, a file made, its content, the entries of a directory': {
    always: 'caller, caller, caller, caller, [object FileEntry], caller',
    body: async ({ as, see, say }) => {
      type Ask = (...args: unknown[]) => void
      const { webkitRequestFileSystem: request } = globalThis as unknown as { webkitRequestFileSystem: Ask }
      const answer = <T>(ask: (give: (answer: T) => void) => void) =>
        new Promise<T>((resolve) => {
          as('caller', () =>
            ask((answer) => {
              see()
              resolve(answer)
            }),
          )
        })
      const { root } = await answer<FileSystem>((give) => request(0, 1, give))
      const made = await answer<FileSystemEntry>((give) => root.getFile('made', { create: true }, give))
      await answer<File>((give) => (made as FileSystemFileEntry).file(give))
      const reader = as('reader', () => root.createReader())
      const entries = await answer<FileSystemEntry[]>((give) => reader.readEntries(give))
      say(entries.find((entry) => entry.name === 'made'))
      await new Promise((resolve) => {
        as('caller', () =>
          root.getFile('absent', {}, undefined, () => {
            see()
            resolve(undefined)
          }),
        )
      })
    },
  },
  'WB-39 FileSystemEntry: what is dropped': {
    always: 'drop: base, caller',
    body: async ({ as, see, tell, times }) => {
      document.body.style.height = '100vh'
      const allow = (event: DragEvent) => event.preventDefault()
      addEventListener('dragover', allow)
      const drop = (event: DragEvent) => {
        event.preventDefault()
        tell(event)
        const entry = event.dataTransfer?.items[0]?.webkitGetAsEntry() as FileSystemFileEntry
        as('caller', () => entry.file(see))
      }
      addEventListener('drop', drop, { once: true })
      await times(2)
      removeEventListener('dragover', allow)
    },
    act: async (page) => {
      const session = await page.context().newCDPSession(page)
      const data = { items: [], files: [process.execPath], dragOperationsMask: 1 }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
      }
      await session.detach()
    },
  },
}
