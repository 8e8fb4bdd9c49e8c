// What a person does with a tree, measured where it is: each of these is sent into a document whole, and sees nothing but its argument.
// Work of a frame is what the main thread does from its first callback until the picture is handed over.

/**
 * When the tree has rows, and when it says that it has so many contexts, by the clock on the wall.
 * @param {number} contexts
 * @returns {Promise<{ first: number, all: number }>}
 */
export const treeHas = async (contexts) => {
  let first = 0
  for (;;) {
    if (first === 0 && document.querySelector('[role="treeitem"]') !== null) first = Date.now()
    const tally = document.querySelector('.contexts .tally')?.textContent ?? ''
    if (first > 0 && Number(tally.replaceAll(',', '')) >= contexts) return { first, all: Date.now() }
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/**
 * When the status says that so many facts are there, by the clock on the wall.
 * @param {number} facts
 * @returns {Promise<number>}
 */
export const historyHas = async (facts) => {
  const patience = performance.now() + 120_000
  for (;;) {
    // `complete 1–1,000,123, kept from 508,486`
    const words = document.querySelector('.completeness')?.textContent ?? ''
    const last = Number((/^complete 1–([\d,]+)/.exec(words)?.[1] ?? '0').replaceAll(',', ''))
    if (last >= facts) return Date.now()
    if (performance.now() > patience) throw new Error(`The history did not come: ${words}`)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/**
 * Scrolls through the tree, a little less than a page in each frame.
 * @param {number} frames
 * @returns {Promise<{ median: number, p95: number }>}
 */
export const scroll = async (frames) => {
  const tree = document.querySelector('[role="tree"]')
  if (tree === null) throw new Error('There is no tree.')
  const { port1, port2 } = new MessageChannel()
  const times = []
  for (let index = 0; index < frames; index++) {
    const began = await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))
    tree.scrollTop += 330
    const ended = new Promise((resolve) => {
      port1.onmessage = () => resolve(performance.now())
    })
    port2.postMessage(null)
    times.push(Number(await ended) - Number(began))
  }
  times.sort((a, b) => a - b)
  return { median: times[frames >> 1] ?? Number.NaN, p95: times[Math.floor(frames * 0.95)] ?? Number.NaN }
}

/**
 * Types each of these, and answers the work of the frame in which it was typed, in the middle: to wait for that frame is nobody's work.
 * @param {string[]} queries
 * @returns {Promise<number>}
 */
export const search = async (queries) => {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector('input[aria-label^="Find"]'))
  if (box === null) throw new Error('There is no box to search in.')
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  const { port1, port2 } = new MessageChannel()
  const times = []
  for (const query of [...queries, '']) {
    const began = await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))
    write?.call(box, query)
    box.dispatchEvent(new Event('input', { bubbles: true }))
    const ended = new Promise((resolve) => {
      port1.onmessage = () => resolve(performance.now())
    })
    port2.postMessage(null)
    const took = Number(await ended) - Number(began)
    if (query !== '') times.push(took)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

/**
 * Moves the moment to as many places all over the recording, each `stride` of them after the one before; as above.
 * @param {{ places: number, stride: number }} asked
 * @returns {Promise<number>}
 */
export const seek = async ({ places, stride }) => {
  const line = /** @type {HTMLInputElement | null} */ (document.querySelector('.scrubber input'))
  if (line === null) throw new Error('There is no line to go along.')
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  const { port1, port2 } = new MessageChannel()
  const times = []
  for (let index = 0; index < places; index++) {
    const share = ((index * stride) % places) / places
    const began = await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))
    write?.call(line, String(Math.floor(Number(line.max) * share)))
    line.dispatchEvent(new Event('input', { bubbles: true }))
    const ended = new Promise((resolve) => {
      port1.onmessage = () => resolve(performance.now())
    })
    port2.postMessage(null)
    times.push(Number(await ended) - Number(began))
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

/** @returns {number} megabytes */
export const memory = () => Reflect.get(performance, 'memory').usedJSHeapSize / 2 ** 20
