// What must never happen, listened for during every journey.

import type { Page } from 'playwright'
import type { Tab } from '../../../scripts/devtools.mjs'

/** Asked for the resources of a page that extensions may not enter, the API that Chrome puts into a panel takes its refusal for a list. */
const CHROMES_OWN = /^\(\w+ \|\| \[\]\)\.map is not a function$/

/** What the panel and the devtools page logged as an error, or threw. What comes from the front-end itself is not ours. */
export function watchForErrors({ devtools }: Tab): string[] {
  const errors: string[] = []
  const own = (place = '') => !place.includes('devtools://')
  devtools.on('console', (message) => {
    if (message.type() === 'error' && own(message.location().url)) errors.push(message.text())
  })
  devtools.on('pageerror', (error) => {
    if (own(error.stack) && !CHROMES_OWN.test(error.message)) errors.push(String(error))
  })
  return errors
}

/** By either name: to a browser they are two sites, of two processes. */
const THIS_MACHINE = new Set(['127.0.0.1', 'localhost'])

/** Requests to anything but this machine and what the browser itself brings. */
export function watchForStrangers({ page, devtools }: Tab): string[] {
  const strangers: string[] = []
  const watch = (of: Page) =>
    of.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (protocol.startsWith('http') && !THIS_MACHINE.has(hostname)) strangers.push(request.url())
    })
  watch(page)
  watch(devtools)
  return strangers
}
