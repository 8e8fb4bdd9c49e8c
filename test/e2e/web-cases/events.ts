// Events of nodes, of the window, and of targets that a page makes: where the policies differ.

import type { WebCases } from './case'

export const events: WebCases = {
  'WB-10 addEventListener, dispatched from another context: a node, then a target of no document': {
    cause: 'dispatcher, registrant',
    registration: 'registrant, registrant',
    dispatch: 'dispatcher, dispatcher',
    body: ({ as, see }) => {
      for (const target of [document.createElement('div'), new EventTarget()]) {
        as('registrant', () => target.addEventListener('x', see))
        as('dispatcher', () => target.dispatchEvent(new Event('x')))
      }
    },
  },
  'WB-11 click() from another context': {
    cause: 'clicker',
    registration: 'registrant',
    dispatch: 'clicker',
    body: ({ as, see }) => {
      const button = document.createElement('button')
      as('registrant', () => button.addEventListener('click', see))
      as('clicker', () => button.click())
    },
  },
  'WB-12 a click of a person: a listener, then a handler': {
    cause: 'base, base',
    registration: 'registrant, registrant',
    dispatch: 'base, base',
    body: async ({ as, see, times }) => {
      const button = document.getElementById('button') as HTMLButtonElement
      as('registrant', () => {
        button.addEventListener('click', see, { once: true })
        button.onclick = see
      })
      await times(2)
      button.onclick = null
    },
    act: (page) => page.click('#button'),
  },
  'WB-13 what a listener sets, neither the next nor the dispatcher sees': {
    cause: 'dispatcher, dispatcher, dispatcher',
    registration: 'registrant, registrant, dispatcher',
    dispatch: 'dispatcher, dispatcher, dispatcher',
    body: ({ as, see }) => {
      const target = document.createElement('div')
      as('registrant', () => {
        target.addEventListener('x', see)
        target.addEventListener('x', () => see())
      })
      as('dispatcher', () => {
        target.dispatchEvent(new Event('x'))
        see()
      })
    },
  },
  'WB-14 an event dispatched again by its own listener': {
    cause: 'dispatcher, dispatcher, dispatcher',
    registration: 'registrant, registrant, registrant',
    dispatch: 'dispatcher, dispatcher, dispatcher',
    body: ({ as, see }) => {
      const target = document.createElement('div')
      let rest = 2
      const again = () => {
        if (rest-- > 0) target.dispatchEvent(new Event('x'))
        see()
      }
      as('registrant', () => target.addEventListener('x', again))
      as('dispatcher', () => target.dispatchEvent(new Event('x')))
    },
  },
  'WB-15 once, capture, passive, signal, an object, a double, a removal': {
    always: 'capture, once, object, signalled, twice given, capture, object, twice given, capture, true',
    body: ({ as, say }) => {
      const target = document.createElement('div')
      const aborting = new AbortController()
      const object = {
        handleEvent() {
          if (this === object) say('object')
        },
      }
      const twice = () => say('twice given')
      const event = new Event('x', { cancelable: true })
      as('registrant', () => {
        target.addEventListener('x', () => say('once'), { once: true })
        target.addEventListener('x', object)
        target.addEventListener('x', () => say('signalled'), { signal: aborting.signal })
        target.addEventListener('x', twice)
        target.addEventListener('x', (event) => event.preventDefault(), { passive: true })
        target.addEventListener('x', () => say('capture'), true)
      })
      as('another', () => target.addEventListener('x', twice))
      as('dispatcher', () => {
        target.dispatchEvent(event)
        aborting.abort()
        target.dispatchEvent(event)
        target.removeEventListener('x', object)
        target.removeEventListener('x', twice)
        say(target.dispatchEvent(event))
      })
    },
  },
  'WB-16 a handler is set, replaced, read back and taken away': {
    cause: 'true, dispatcher, dispatcher, true',
    registration: 'true, first, second, true',
    dispatch: 'true, dispatcher, dispatcher, true',
    body: ({ as, say, see }) => {
      const target = document.createElement('div')
      const second = () => see()
      as('first', () => {
        target.onclick = see
      })
      say(target.onclick === see)
      as('dispatcher', () => target.click())
      as('second', () => {
        target.onclick = second
      })
      as('dispatcher', () => target.click())
      target.onclick = null
      as('dispatcher', () => target.click())
      say(target.onclick === null)
    },
  },
  'a handler that is an attribute is a script of the page: it runs in the context of the dispatch itself, not in a copy':
    {
      always: 'dispatcher, changed',
      body: ({ as, see }) => {
        Object.assign(globalThis, { see })
        const target = document.createElement('div')
        as('registrant', () => target.setAttribute('onclick', 'see()'))
        as('dispatcher', () => {
          target.click()
          see()
        })
      },
    },
  'WB-17 a listener throws: the others run, and the context is the dispatcher’s again': {
    cause: 'dispatcher, mine, dispatcher',
    registration: 'registrant, mine, dispatcher',
    dispatch: 'dispatcher, mine, dispatcher',
    body: ({ as, say, see }) => {
      const target = document.createElement('div')
      const reported: string[] = []
      const report = (event: ErrorEvent) => {
        event.preventDefault()
        reported.push(event.error.message)
      }
      addEventListener('error', report)
      as('registrant', () => {
        target.addEventListener('x', () => {
          throw new Error('mine')
        })
        target.addEventListener('x', see)
      })
      as('dispatcher', () => {
        target.dispatchEvent(new Event('x'))
        say(reported)
        see()
      })
      removeEventListener('error', report)
    },
  },
  'WB-33 the reactions of a custom element are calls of whoever causes them': {
    always: 'constructed: maker, connected: appender, changed: changer, maker, and then changed',
    body: ({ as, who, say }) => {
      const tell = (what: string) => {
        say(`${what}: ${who.get()}`)
        who.set('and then changed')
      }
      class Mine extends HTMLElement {
        static observedAttributes = ['title']
        constructor() {
          super()
          say(`constructed: ${who.get()}`)
        }
        connectedCallback() {
          tell('connected')
        }
        attributeChangedCallback() {
          say(`changed: ${who.get()}`)
        }
      }
      as('definer', () => customElements.define('a-mine', Mine))
      const element = as('maker', () => document.createElement('a-mine'))
      const appended = as('appender', () => {
        document.body.append(element)
        return who.get()
      })
      as('changer', () => element.setAttribute('title', 'x'))
      as('maker', () => say(who.get()))
      say(appended)
      element.remove()
    },
  },
  'WB-34 error, unhandledrejection and rejectionhandled are nobody’s': {
    always: 'error: base, handler: base, unhandledrejection: base, rejectionhandled: base',
    body: async ({ as, who, say, tell, times }) => {
      const quiet = (event: Event) => {
        event.preventDefault()
        tell(event)
      }
      as('registrant', () => {
        addEventListener('error', quiet, { once: true })
        addEventListener('unhandledrejection', tell, { once: true })
        addEventListener('rejectionhandled', tell, { once: true })
        window.onerror = () => say(`handler: ${who.get()}`)
      })
      as('reporter', () => reportError(new Error('told')))
      window.onerror = null
      const rejected = as('rejecter', () => Promise.reject(new Error('unhandled')))
      await times(3)
      // Once the host is done with telling.
      await new Promise((resolve) => setTimeout(resolve))
      as('late', () => rejected.catch(() => {}))
      await times(4)
    },
  },
  'WB-40 abort, synchronously': {
    cause: 'registrant, registrant',
    registration: 'registrant, registrant',
    dispatch: 'aborter, aborter',
    body: ({ as, see }) => {
      const aborting = new AbortController()
      as('registrant', () => {
        aborting.signal.addEventListener('abort', see)
        aborting.signal.onabort = see
      })
      as('aborter', () => aborting.abort())
    },
  },
  'WB-40 toggle of details, a dialog and a popover, and what comes before it': {
    cause: 'beforetoggle: opener, toggle: base, toggle: base, beforetoggle: opener, toggle: base',
    registration:
      'beforetoggle: registrant, toggle: registrant, toggle: registrant, beforetoggle: registrant, toggle: registrant',
    // TC39 would have the opener in each; no browser tells which change a toggle reports.
    dispatch: 'beforetoggle: opener, toggle: base, toggle: base, beforetoggle: opener, toggle: base',
    body: async ({ as, tell, times }) => {
      const dialog = document.createElement('dialog')
      const details = document.createElement('details')
      const popover = Object.assign(document.createElement('div'), { popover: 'auto' })
      const open: [HTMLElement, () => void, number][] = [
        [dialog, () => dialog.showModal(), 2],
        [details, () => Object.assign(details, { open: true }), 3],
        [popover, () => popover.showPopover(), 5],
      ]
      for (const [element, opens, count] of open) {
        document.body.append(element)
        as('registrant', () => {
          element.addEventListener('beforetoggle', tell)
          element.addEventListener('toggle', tell)
        })
        as('opener', opens)
        await times(count)
        element.remove()
      }
    },
  },
}
