// A WebSocket server of the smallest kind: it sends back each short text that it is sent, and closes when it is asked to.

import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'

const TEXT = 0x81
const CLOSE = 0x88
/** Of the protocol: what makes an answer to a key. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export async function serveEcho(): Promise<{ address: string; close(): Promise<void> }> {
  const open = new Set<Duplex>()
  const server = createServer((_, response) => void response.writeHead(426).end())
  server.on('upgrade', (request, socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${MAGIC}`).digest('base64')
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.write(`${head.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.on('data', (data) => answer(socket, data))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    address: `ws://127.0.0.1:${address.port}`,
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A frame of a browser: two bytes, a mask of four, and at most 125 bytes under that mask; more than one may come at once. */
function answer(socket: Duplex, data: Buffer): void {
  for (let rest = data; rest.length >= 6; ) {
    const [kind = 0, marked = 0] = rest
    const end = 6 + (marked & 0x7f)
    const mask = rest.subarray(2, 6)
    const payload = rest.subarray(6, end).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
    rest = rest.subarray(end)
    if (kind !== TEXT && kind !== CLOSE) continue
    socket.write(Buffer.from([kind, payload.length, ...payload]))
    if (kind === CLOSE) socket.end()
  }
}
