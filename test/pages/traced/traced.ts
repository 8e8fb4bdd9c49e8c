// The traced order desk opens: tracing first, then the desk, and after each order what became of its spans.

import { managers, startTracing } from './tracing'

const asked = new URLSearchParams(location.search).get('manager') ?? ''
const name = Object.hasOwn(managers, asked) ? asked : 'contextvars'
const spans = await startTracing(name)
// What it imports is loaded when all that it calls is traced.
const { desk } = await import('./desk')
const { judge, show } = await import('./verdict')

for (const [other, { label }] of Object.entries(managers)) {
  const link = document.createElement('a')
  link.href = `?manager=${other}`
  link.textContent = label
  if (other === name) link.setAttribute('aria-current', 'page')
  document.querySelector('#managers')?.append(link)
}

let ordered = 0
const buttons = { one: 1, three: 3 }
for (const [id, count] of Object.entries(buttons)) {
  document.querySelector(`#${id}`)?.addEventListener('click', () => {
    for (let n = 0; n < count; n++) void desk.order(++ordered)
  })
}

// Instrumentations end the spans of requests some time after the requests.
setInterval(() => show(spans), 100)

Object.assign(globalThis, { traced: { open: desk.open, verdict: () => judge(spans.getFinishedSpans()) } })
