// Values that punish whoever looks at them, and globals that are not what they were. Whatever is thrown here that this page did
// not throw itself would be ours.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

/** What was touched although it must not be. */
const touched = []
const trap = (what) => () => {
  touched.push(what)
  throw new Error(`${what} was touched`)
}

const cyclic = { name: 'cyclic' }
cyclic.self = cyclic
cyclic.list = [cyclic, cyclic]

// Nobody can tell a proxy from an object without asking it, so these may be asked, and refuse to answer.
const refuse = () => {
  throw new Error('The proxy refuses')
}
const throwing = new Proxy(
  {},
  { get: trap('get'), ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse, has: refuse },
)
const { proxy: revoked, revoke } = Proxy.revocable({}, {})
revoke()

const getters = {
  get secret() {
    return trap('a getter')()
  },
  toJSON: trap('toJSON'),
  [Symbol.iterator]: trap('an iterator'),
  toString: trap('toString'),
}

const detached = document.createElement('div')
detached.append(...Array.from({ length: 1000 }, () => document.createElement('p')))

let deep = {}
for (let level = 0; level < 10_000; level++) deep = { deep }

const values = {
  cyclic,
  throwing,
  revoked,
  getters,
  detached,
  deep,
  long: 'x'.repeat(10 * 1024 * 1024),
  wide: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index])),
  sparse: Object.assign([], { 4294967294: 'last' }),
  negativeZero: -0,
  notANumber: Number.NaN,
  big: 10n ** 1000n,
  symbol: Symbol('named'),
  hidden: Object.create(null),
  window,
}

// From here on the page breaks what everybody leans on.
JSON.stringify = trap('JSON.stringify')
JSON.parse = trap('JSON.parse')
Array.prototype.toJSON = trap('Array.prototype.toJSON')
Object.prototype.toJSON = trap('Object.prototype.toJSON')
Array.prototype.map = trap('Array.prototype.map')
Object.freeze(Error)
Object.freeze(globalThis.Object)

createTask(
  async () => {
    for (const name of Reflect.ownKeys(values)) new ContextVar(name).set(values[name])
    await new Promise((resolve) => setTimeout(resolve, 1))
    document.querySelector('#result').textContent = 'survived'
    await new Promise((resolve) => addEventListener('pagehide', resolve))
  },
  { name: 'hostile' },
)

globalThis.touched = touched
