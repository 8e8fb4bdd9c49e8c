// Speaks WebDriver BiDi, the browsers' common protocol for those who drive them, over one connection with one session.

import WebSocket from 'ws'

/**
 * @typedef {object} Bidi
 * @property {(method: string, params?: object) => Promise<any>} send a command
 * @property {(method: string, listener: (params: any) => void) => () => void} on an event that was subscribed to; returns what ends it
 */

/**
 * @param {string} address as the browser says it when it starts
 * @returns {Promise<Bidi>}
 */
export async function connectBidi(address) {
  const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false })
  /** @type {Map<number, { resolve(result: any): void, reject(error: Error): void }>} */
  const waiting = new Map()
  /** @type {Map<string, Set<(params: any) => void>>} */
  const listeners = new Map()
  let count = 0

  socket.on('message', (data) => {
    const { id, type, method, params, result, message } = JSON.parse(String(data))
    if (type === 'event') {
      for (const listener of listeners.get(method) ?? []) listener(params)
      return
    }
    const asked = waiting.get(id)
    waiting.delete(id)
    if (type === 'error') asked?.reject(new Error(message))
    else asked?.resolve(result)
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has ended.'))
    waiting.clear()
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.on('error', reject)
  })

  /** @type {Bidi} */
  const bidi = {
    send(method, params = {}) {
      return new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve, reject })
        socket.send(JSON.stringify({ id, method, params }), (error) => error && reject(error))
      })
    },
    on(method, listener) {
      const all = listeners.get(method) ?? new Set()
      listeners.set(method, all.add(listener))
      return () => all.delete(listener)
    },
  }
  await bidi.send('session.new', { capabilities: {} })
  return bidi
}
