// What the document and its history tell: loads, navigation, media.

import type { WebCases } from './case'

export const documents: WebCases = {
  'WB-31 the load of an image, a script and a frame': {
    cause: 'img: base, script: base, iframe: base, handler: base',
    registration: 'img: registrant, script: registrant, iframe: registrant, handler: registrant',
    // TC39 would have the inserter; no browser tells which change a load reports.
    dispatch: 'img: base, script: base, iframe: base, handler: base',
    body: async ({ as, who, say, times }) => {
      const sources = {
        img: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
        script: 'data:text/javascript,0',
        iframe: 'service-worker.js',
      }
      for (const [at, [tag, src]] of Object.entries(sources).entries()) {
        const element = document.createElement(tag)
        as('registrant', () => {
          element.addEventListener('load', () => say(`${tag}: ${who.get()}`), { once: true })
        })
        as('inserter', () => document.body.append(Object.assign(element, { src })))
        await times(at + 1)
        element.remove()
      }
      const image = new Image()
      as('registrant', () => {
        image.onload = () => say(`handler: ${who.get()}`)
      })
      as('inserter', () => Object.assign(image, { src: sources.img }))
      await times(4)
    },
  },
  'WB-35 navigation: navigate, and navigatesuccess': {
    cause: 'navigate: registrant, navigatesuccess: registrant',
    registration: 'navigate: registrant, navigatesuccess: registrant',
    // The host tells of the success in a microtask of the call, so it is the caller's.
    dispatch: 'navigate: navigator, navigatesuccess: navigator',
    body: async ({ as, tell, times }) => {
      const { navigation } = globalThis as unknown as { navigation: EventTarget & { navigate(url: string): void } }
      const ended = new AbortController()
      as('registrant', () => {
        navigation.addEventListener('navigate', tell, ended)
        navigation.addEventListener('navigatesuccess', tell, ended)
      })
      as('navigator', () => navigation.navigate('#there'))
      await times(2)
      ended.abort()
    },
  },
  'WB-35 intercept: its handler': {
    always: 'interceptor, false',
    body: async ({ as, see, say, times }) => {
      interface Navigation extends EventTarget {
        navigate(url: string): { finished: Promise<unknown> }
      }
      type Navigate = Event & { intercept(options: object): void }
      const { navigation } = globalThis as unknown as { navigation: Navigation }
      const intercept = (event: Event) =>
        as('interceptor', () => {
          const options = {
            async handler() {
              see()
              say(this === options)
            },
          }
          ;(event as Navigate).intercept(options)
        })
      navigation.addEventListener('navigate', intercept, { once: true })
      await as('navigator', () => navigation.navigate('#intercepted').finished)
      await times(2)
    },
  },
  'WB-37 popstate, hashchange, storage, offline': {
    cause: 'hashchange: base, popstate: base, storage: base, offline: base',
    registration: 'hashchange: registrant, popstate: registrant, storage: registrant, offline: registrant',
    dispatch: 'hashchange: base, popstate: base, storage: base, offline: base',
    body: async ({ as, tell, times }) => {
      const listen = (type: string) => as('registrant', () => addEventListener(type, tell, { once: true }))
      listen('hashchange')
      as('navigator', () => Object.assign(location, { hash: 'elsewhere' }))
      await times(1)
      listen('popstate')
      as('navigator', () => history.back())
      await times(2)
      const frame = document.body.appendChild(document.createElement('iframe'))
      listen('storage')
      listen('offline')
      as('writer', () => frame.contentWindow?.localStorage.setItem('key', `${Math.random()}`))
      await times(3)
      frame.remove()
      await times(4)
    },
    act: async (page) => {
      await page.waitForFunction('said.length === 3')
      await page.context().setOffline(true)
      await page.context().setOffline(false)
    },
  },
  'media elements: loadedmetadata, play': {
    cause: 'loadedmetadata: base, play: base',
    registration: 'loadedmetadata: registrant, play: registrant',
    dispatch: 'loadedmetadata: base, play: base',
    body: async ({ as, tell, times, keep }) => {
      const canvas = document.createElement('canvas')
      canvas.getContext('2d')?.fillRect(0, 0, 1, 1)
      const video = keep(document.createElement('video'))
      as('registrant', () => {
        video.onloadedmetadata = tell
        video.addEventListener('play', tell)
      })
      as('loader', () => Object.assign(video, { srcObject: canvas.captureStream() }))
      await times(1)
      await as('player', () => video.play())
      await times(2)
      video.srcObject = null
    },
  },
  'MediaQueryList: change': {
    cause: 'registrant, registrant',
    registration: 'registrant, registrant',
    dispatch: 'base, base',
    body: ({ as, see, times, keep }) => {
      const query = keep(matchMedia('print'))
      as('registrant', () => {
        query.onchange = see
        query.addEventListener('change', () => see(), { once: true })
      })
      return times(2).then(() => {
        query.onchange = null
      })
    },
    act: async (page) => {
      await page.emulateMedia({ media: 'print' })
      // It is told with the next picture, unless all is as it was by then.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
      await page.emulateMedia({ media: null })
    },
  },
}
