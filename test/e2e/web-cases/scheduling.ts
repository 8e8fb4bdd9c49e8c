// Calls that take a callback for later: the context of the call, whatever the event policy.

import type { WebCases } from './case'

export const scheduling: WebCases = {
  'WB-01 setTimeout, then a set': {
    always: 'scheduler, later',
    body: ({ as, who, see, times }) => {
      as('scheduler', () => {
        setTimeout(see)
        who.set('later')
        setTimeout(see, 10)
      })
      return times(2)
    },
  },
  'WB-02 setTimeout with a string, and with arguments': {
    always: 'ab, string',
    body: ({ as, say, times }) => {
      Object.assign(globalThis, { say })
      as('scheduler', () => {
        setTimeout((a: string, b: string) => say(a + b), 0, 'a', 'b')
        setTimeout('say("string")', 10)
      })
      return times(2)
    },
  },
  'WB-03 setInterval: each call starts from the context of the call': {
    always: 'scheduler, scheduler, scheduler',
    body: async ({ as, see, times }) => {
      const id = as('scheduler', () => setInterval(see, 1))
      await times(3)
      clearInterval(id)
    },
  },
  'WB-04 ids from before and after are cleared by the functions of after and before': {
    always: 'cleared',
    body: ({ say, times, before }) => {
      const wrong = () => say('not cleared')
      clearTimeout(before.setTimeout(wrong))
      clearInterval(before.setInterval(wrong))
      before.clearTimeout(setTimeout(wrong))
      before.clearInterval(setInterval(wrong))
      setTimeout(() => say('cleared'), 20)
      return times(1)
    },
  },
  'WB-05 queueMicrotask': {
    always: 'scheduler',
    body: ({ as, who, see, times }) => {
      as('scheduler', () => {
        queueMicrotask(see)
        who.set('later')
      })
      return times(1)
    },
  },
  'WB-06 requestAnimationFrame, nested': {
    always: 'scheduler, nested',
    body: ({ as, who, see, times }) => {
      as('scheduler', () =>
        requestAnimationFrame(() => {
          see()
          who.set('nested')
          requestAnimationFrame(see)
        }),
      )
      return times(2)
    },
  },
  'WB-07 requestIdleCallback': {
    always: 'scheduler',
    body: ({ as, who, see, times }) => {
      as('scheduler', () => {
        requestIdleCallback(see)
        who.set('later')
      })
      return times(1)
    },
  },
  'WB-08 scheduler.postTask': {
    always: 'scheduler, 5, awaiting',
    body: async ({ as, see, say }) => {
      const { scheduler } = globalThis as unknown as { scheduler: { postTask<T>(task: () => T): Promise<T> } }
      await as('awaiting', async () => {
        const result = as('scheduler', () =>
          scheduler.postTask(() => {
            see()
            return 5
          }),
        )
        say(await result)
        see()
      })
    },
  },
  'WB-09 scheduler.yield': {
    always: 'task',
    body: ({ as, see }) => {
      const { scheduler } = globalThis as unknown as { scheduler: { yield(): Promise<void> } }
      return as('task', async () => {
        await scheduler.yield()
        see()
      })
    },
  },
  'WB-36 startViewTransition: a function, a dictionary, a part of the document': {
    always: 'caller, caller, false, awaiting, caller',
    body: async ({ as, see, say }) => {
      await as('awaiting', async () => {
        await as('caller', () => document.startViewTransition(see)).finished
        const options = {
          update() {
            see()
            say(this === options)
          },
        }
        await as('caller', () => document.startViewTransition(options)).finished
        see()
      })
      const part = document.body as unknown as Pick<Document, 'startViewTransition'>
      await as('caller', () => part.startViewTransition(see)).finished
    },
  },
  'WB-36 locks.request, with options and without': {
    always: 'caller, caller, 5',
    body: async ({ as, see, say }) => {
      await as('caller', () => navigator.locks.request('lock', async () => see()))
      const held = as('caller', () =>
        navigator.locks.request('lock', { mode: 'shared' }, async () => {
          await new Promise((resolve) => setTimeout(resolve))
          see()
          return 5
        }),
      )
      say(await held)
    },
  },
  'WB-23 fetch and what it gives: await keeps, then has the context of its registration': {
    always: 'registrant, task, task, task, task',
    body: async ({ as, who, say, see }) => {
      const asked = fetch('page.js')
      await as('registrant', () => asked.then(see))
      await as('task', async () => {
        const response = await asked
        say(who.get())
        const blob = await response.blob()
        say(who.get())
        await blob.text()
        say(who.get())
        await new Response('text').body?.getReader().read()
        say(who.get())
      })
    },
  },
}
