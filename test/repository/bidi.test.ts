// What drives Firefox says when it is gone, and keeps nobody waiting.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectBidi } from '../../scripts/bidi.mjs'

test('a command to a browser that ends, or has ended, fails', async () => {
  const browser = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  browser.on('connection', (socket) => {
    socket.on('message', (message) => {
      const { id, method } = JSON.parse(String(message))
      if (method === 'browser.close') socket.close()
      else socket.send(JSON.stringify({ type: 'success', id, result: {} }))
    })
  })
  await once(browser, 'listening')
  const bidi = await connectBidi(`ws://127.0.0.1:${(browser.address() as AddressInfo).port}`)
  await expect(bidi.send('browser.close')).rejects.toThrow('The browser has ended.')
  await expect(bidi.send('browsingContext.getTree')).rejects.toThrow(/not open/)
  browser.close()
})
