// Runs cases under the event policy that its address names, and tells in which contexts their callbacks ran.

import { install } from '/runtime/async.js'
import { ContextVar, copyContext } from '/runtime/index.js'

/** What the page has from before anything was installed. */
const before = Object.fromEntries(
  [setTimeout, setInterval, clearTimeout, clearInterval].map((each) => [each.name, each.bind(globalThis)]),
)

const parameters = new URLSearchParams(location.search)
globalThis.uninstall = install({ events: parameters.get('events') })

const who = new ContextVar('who', { default: 'base' })
const kept = []

/** Runs `fn` in a context of its own, of that name. */
function as(name, fn) {
  return copyContext().run(() => {
    who.set(name)
    return fn()
  })
}

globalThis.runCase = async (body) => {
  const seen = []
  globalThis.said = seen
  const waiting = []
  const say = (text) => {
    seen.push(String(text))
    for (const { count, resolve } of waiting) if (seen.length >= count) resolve()
  }
  /** Says which context this is, and writes into it: who reads that later shares a context that should be a copy. */
  const see = () => {
    say(who.get())
    who.set('changed')
  }
  const tell = ({ type }) => {
    say(`${type}: ${who.get()}`)
    who.set('changed')
  }
  const times = (count) =>
    new Promise((resolve) => {
      if (seen.length >= count) resolve()
      else waiting.push({ count, resolve })
    })
  await body({
    as,
    who,
    say,
    see,
    tell,
    times,
    before,
    socket: parameters.get('socket'),
    keep: (thing) => kept.push(thing) && thing,
  })
  if (who.get() !== 'base') say(`and the base context was changed to ${who.get()}`)
  return seen.join(', ')
}
