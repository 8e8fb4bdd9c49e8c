// What a page's own zone.js tells of itself, asked in the page: which zone a callback runs in, what a zone hears of tasks, whose
// promise is whose. The same is asked with contexts and without.

/** Each is asked in a zone of its own, one after the other: `at` notes where it is, and hands on what it gets. */
const questions = {
  'a fulfilled promise': '(at) => Promise.resolve().then(at)',
  'a promise, finally': '(at) => Promise.resolve().finally(at)',
  'a rejected promise': '(at) => Promise.reject(new Error()).catch(at)',
  'all promises': '(at) => Promise.all([1, Promise.resolve(2)]).then(at)',
  'native promise': '(at) => (async () => {})().then(at)',
  microtask: '(at) => new Promise((resolve) => queueMicrotask(() => resolve(at())))',
  timer: '(at) => new Promise((resolve) => setTimeout(() => resolve(at()), 1))',
  'cleared timer': '(at) => clearTimeout(setTimeout(at, 1))',
  interval: `(at) => new Promise((resolve) => {
    let left = 2
    const id = setInterval(() => {
      at()
      if (--left > 0) return
      clearInterval(id)
      resolve()
    }, 1)
  })`,
  frame: '(at) => new Promise((resolve) => requestAnimationFrame(() => resolve(at())))',
  listener: `(at) => {
    const target = new EventTarget()
    target.addEventListener('ask', at)
    target.dispatchEvent(new Event('ask'))
    target.removeEventListener('ask', at)
  }`,
  handler: `(at) => {
    const button = document.createElement('button')
    button.onclick = at
    button.click()
    button.onclick = null
  }`,
  observer: `(at) => new Promise((resolve) => {
    new MutationObserver(() => resolve(at())).observe(document.body, { attributes: true })
    document.body.title = 'asked'
  })`,
  request: `(at) => new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', '/api/answer')
    request.onload = () => resolve(at())
    request.send()
  })`,
  fetch: `(at) => fetch('/api/answer').then((response) => response.json()).then(at)`,
  error: `(at) => new Promise((resolve) => {
    setTimeout(() => { throw new Error('asked for') })
    setTimeout(() => resolve(at()))
  })`,
}

/** An expression, for the page. Its value is JSON. */
export const zoneFacts = `(async () => {
  const heard = {}
  const places = {}
  const ask = (name, question) => {
    const hear = (what) => {
      (heard[name] ??= []).push(what)
    }
    const hearing = (what) => (delegate, _, zone, task, ...rest) => {
      hear(what + ' ' + task.type + ' ' + task.source)
      return delegate[what](zone, task, ...rest)
    }
    const zone = Zone.root.fork({
      name,
      properties: { answer: 42 },
      onScheduleTask: hearing('scheduleTask'),
      onInvokeTask: hearing('invokeTask'),
      onCancelTask: hearing('cancelTask'),
      onHasTask(delegate, _, target, state) {
        hear('hasTask ' + state.change + ' ' + state[state.change])
        return delegate.hasTask(target, state)
      },
      onHandleError(_delegate, _, _target, error) {
        hear('error ' + error.message)
        return false
      },
    })
    const at = (value) => {
      (places[name] ??= []).push(Zone.current.name + ' ' + Zone.current.get('answer') + ' ' + Zone.currentTask?.type)
      return value
    }
    return zone.run(() => question(at))
  }
  ${Object.entries(questions)
    .map(([name, question]) => `await ask(${JSON.stringify(name)}, ${question})`)
    .join('\n  ')}
  const native = (async () => {})().constructor
  return {
    heard,
    places,
    outside: Zone.current === Zone.root,
    symbols: [Zone.__symbol__('Promise'), Zone.__symbol__('setTimeout')],
    isItsPromise: Promise === globalThis[Zone.__symbol__('ZoneAwarePromise')],
    promise: [Promise.name, Promise.length, Promise === native, String(Promise)],
    instances: [Promise.resolve() instanceof Promise, fetch('/api/answer') instanceof Promise],
    species: Promise.resolve().then().constructor === Promise,
    keys: Object.keys(globalThis).filter((key) => key.startsWith('__zone_symbol__')).toSorted(),
  }
})()`
