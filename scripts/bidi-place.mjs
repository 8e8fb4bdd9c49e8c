// A document in a browser that is driven by WebDriver BiDi, by what a person does there.

import { setTimeout as moment } from 'node:timers/promises'

export class Place {
  #bidi
  #context

  /**
   * @param {import('./bidi.mjs').Bidi} bidi
   * @param {string} context
   */
  constructor(bidi, context) {
    this.#bidi = bidi
    this.#context = context
  }

  /** @param {string} url */
  async visit(url) {
    await this.#bidi.send('browsingContext.navigate', { context: this.#context, url, wait: 'complete' })
  }

  /**
   * Calls a function there, which is sent as it stands, and answers its JSON.
   * @template {unknown[]} Arguments
   * @template Answer
   * @param {(...args: Arguments) => Answer} work
   * @param {Arguments} args
   * @returns {Promise<Awaited<Answer>>}
   */
  async run(work, ...args) {
    return JSON.parse(
      (
        await this.#call(`async (args) => JSON.stringify(await (${work})(...JSON.parse(args))) ?? 'null'`, [
          { type: 'string', value: JSON.stringify(args) },
        ])
      ).value,
    )
  }

  /**
   * Runs a script there, whatever the policy of the document says.
   * @param {string} script
   */
  async load(script) {
    await this.#bidi.send('script.evaluate', {
      expression: script,
      awaitPromise: false,
      resultOwnership: 'none',
      serializationOptions: { maxObjectDepth: 0 },
      target: { context: this.#context },
    })
  }

  /**
   * The first element that is called so, as soon as there is one.
   * @param {string} role
   * @param {string | RegExp} name a pattern is one for what can be read in it
   * @returns {Promise<{ sharedId: string }>}
   */
  find(role, name) {
    const byName = typeof name === 'string' ? { name } : {}
    return until(async () => {
      const { nodes } = await this.#bidi.send('browsingContext.locateNodes', {
        context: this.#context,
        locator: { type: 'accessibility', value: { role, ...byName } },
      })
      if (typeof name === 'string' || nodes.length === 0) return nodes[0]
      const elements = { type: 'array', value: nodes.map((/** @type {any} */ { sharedId }) => ({ sharedId })) }
      const texts =
        '(elements) => JSON.stringify(elements.map((one) => (one.checkVisibility() ? (one.ariaLabel ?? one.textContent) : null)))'
      const place = JSON.parse((await this.#call(texts, [elements])).value).findIndex(
        (/** @type {string | null} */ text) => text !== null && name.test(text),
      )
      return nodes[place]
    }, `${role} ${name}`)
  }

  /**
   * What can be read in it.
   * @param {string} role
   * @param {string | RegExp} name
   * @returns {Promise<string>}
   */
  async text(role, name) {
    const { sharedId } = await this.find(role, name)
    return (await this.#call('(element) => element.innerText', [{ sharedId }])).value
  }

  /**
   * With the mouse, as soon as it stays in one place and nothing lies over it.
   * @param {string} role
   * @param {string | RegExp} name
   */
  async click(role, name) {
    const { sharedId } = await until(async () => {
      const found = await this.find(role, name)
      return (await this.#call(String(isInReach), [{ sharedId: found.sharedId }])).value ? found : null
    }, `${role} ${name} in reach of the mouse`)
    const origin = { type: 'element', element: { sharedId } }
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    await this.#bidi.send('input.performActions', {
      context: this.#context,
      actions: [{ type: 'pointer', id: 'mouse', actions }],
    })
  }

  /** @returns {Promise<Buffer>} a picture, PNG */
  async picture() {
    const { data } = await this.#bidi.send('browsingContext.captureScreenshot', { context: this.#context })
    return Buffer.from(data, 'base64')
  }

  /**
   * @param {string} functionDeclaration
   * @param {object[]} args
   */
  async #call(functionDeclaration, args) {
    const { type, result, exceptionDetails } = await this.#bidi.send('script.callFunction', {
      functionDeclaration,
      arguments: args,
      awaitPromise: true,
      target: { context: this.#context },
    })
    if (type === 'exception') throw new Error(exceptionDetails.text)
    return result
  }
}

/** @param {Element} element */
async function isInReach(element) {
  element.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = element.getBoundingClientRect()
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const now = element.getBoundingClientRect()
  const hit = document.elementFromPoint(x + width / 2, y + height / 2)
  return now.x === x && now.y === y && now.width === width && now.height === height && element.contains(hit)
}

/** How long anything may take, on a machine with other tests to run. */
const PATIENCE = 40_000

/**
 * Asks again and again until the answer is something.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {string} [what]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(ask, what = String(ask)) {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`Firefox did not get there in time: ${what}`)
    await moment(20)
  }
}
