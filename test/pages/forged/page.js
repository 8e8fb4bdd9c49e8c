// A page that answers in the recorder's place. Its buttons choose how: well made and false, too much, or broken altogether.

const stringify = JSON.stringify

const attached = {
  seq: 1,
  at: 1,
  type: 'runtime-attached',
  version: '0.1.0',
  origin: 'application',
  base: 1,
  late: false,
  propagation: { nativeAwait: true, events: 'cause', limits: [] },
}
const copy = (seq, context, parent, name) => {
  return {
    seq,
    at: 1,
    type: 'context-created',
    context,
    parent,
    asOf: 2 ** 53 - 1,
    kind: 'copy',
    name,
    api: null,
    stack: null,
  }
}

/** An outlet that tells these facts, and nothing after them. */
function telling(epoch, facts, stacks = {}) {
  const last = facts.length
  return {
    protocol: 1,
    where: () => stringify({ epoch, last, current: 1, task: null }),
    since: (after) =>
      stringify({
        protocol: 1,
        epoch,
        facts: facts.filter(({ seq }) => seq > after),
        stacks,
        last,
        bytes: 2 ** 53 - 1,
        capacity: 0,
      }),
  }
}

const throwing = () => {
  throw new Error('x'.repeat(10_000_000))
}

const forgeries = {
  /** Each context above the next, and the last above the first; one above itself. */
  circle() {
    const names = ['<b>ada</b>', '__proto__', 'user\u202enimda', 'x'.repeat(10_000_000)]
    const circle = Array.from(names, (name, index) =>
      copy(index + 2, index + 2, ((index + 1) % names.length) + 2, name),
    )
    return telling('circle', [attached, ...circle, copy(6, 9, 9, 'itself')])
  },
  /** As many contexts as a census may have, all around a circle. */
  crowd() {
    const context = (_, index) => {
      const [id, parent] = [index + 2, ((index + 1) % 100_000) + 2]
      return { context: id, parent, kind: 'copy', name: null, api: null, stack: null, ended: false, entries: [] }
    }
    const contexts = Array.from({ length: 100_000 }, context)
    return telling('crowd', [attached, { seq: 2, at: 1, type: 'census', current: 1, variables: [], contexts }])
  },
  /** Another recording in every answer. */
  restless() {
    let epoch = 0
    const now = () => telling(`restless ${epoch}`, [attached])
    return {
      where() {
        epoch++
        return now().where()
      },
      since: (after) => now().since(after),
    }
  },
  flood: () => ({ where: () => '{}', since: () => 'x'.repeat(200_000_000) }),
  getters: () => Object.defineProperties({}, { where: { get: throwing }, since: { get: throwing } }),
}

for (const [name, forge] of Object.entries(forgeries)) {
  const button = document.createElement('button')
  button.textContent = name
  button.onclick = () => {
    globalThis.__contextvars_outlet__ = forge()
  }
  document.querySelector('p').append(button)
}

// Whoever leans on these leans on nothing.
JSON.parse = JSON.stringify = throwing
for (const method of ['map', 'push', 'join', 'slice']) Array.prototype[method] = throwing
String.prototype.split = throwing
