// Starts a browser of its own profile with the extension in it, DevTools open beside every tab, and a port for those who want
// to drive it. The extension is loaded by a command over the pipe: branded browsers know no other way, and the rest know it
// too, so there is one.

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from './steps.mjs'

const FLAGS = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-quic',
  '--disable-sync',
  '--password-store=basic',
  '--use-mock-keychain',
  '--auto-open-devtools-for-tabs',
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--enable-unsafe-extension-debugging',
]

/** How long a browser may take to start and, later, to end. */
const START = 60_000
const END = 5000

/**
 * @typedef {object} LaunchOptions
 * @property {string} executable
 * @property {string} extension the folder of the unpacked extension
 * @property {boolean} headless
 * @property {'default' | 'dark'} [theme] of DevTools
 */

/**
 * @typedef {object} Browser
 * @property {string} endpoint for Playwright's connectOverCDP
 * @property {(method: string, params?: object) => Promise<any>} send a command of the browser's own protocol
 * @property {(method: string, listener: (params: any) => void) => () => void} on an event of it; returns what ends it
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} close
 */

/**
 * @param {LaunchOptions} options
 * @returns {Promise<Browser>}
 */
export async function launch(options) {
  // Chromium's sandbox cannot start as root, nor where the system forbids user namespaces: what is shown here are our own pages.
  if (process.getuid?.() === 0) return start(options, ['--no-sandbox'])
  try {
    return await start(options, [])
  } catch (error) {
    if (error instanceof Failure && /no usable sandbox/i.test(error.message)) return start(options, ['--no-sandbox'])
    throw error
  }
}

/**
 * @param {LaunchOptions} options
 * @param {string[]} sandbox
 * @returns {Promise<Browser>}
 */
async function start({ executable, extension, headless, theme = 'default' }, sandbox) {
  const profile = await freshProfile(theme)
  const looks = headless ? ['--headless=new', '--disable-gpu', '--window-size=1400,1100'] : ['--window-size=1400,1100']
  const child = spawn(executable, [...FLAGS, ...looks, ...sandbox, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('exit', () => resolve()))
  const forget = () => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })

  try {
    const endpoint = await listening(child)
    const { send, on } = conversation(child)
    await send('Extensions.loadUnpacked', { path: extension }).catch((error) => {
      throw new Failure(`${executable} did not load the extension: ${error.message}`)
    })
    return {
      endpoint,
      send,
      on,
      exited,
      async close() {
        void send('Browser.close').catch(() => {})
        const patience = setTimeout(() => child.kill('SIGKILL'), END)
        await exited
        clearTimeout(patience)
        await forget()
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    await forget()
    throw error
  }
}

/**
 * A profile in which DevTools opens at the bottom, where the panel has room for all of its parts.
 * @param {string} theme
 */
async function freshProfile(theme) {
  const profile = await mkdtemp(join(tmpdir(), 'contextvars-browser-'))
  const settings = {
    currentDockState: 'bottom',
    'ui-theme': theme,
    'inspector-view.split-view-state': { horizontal: { size: 560 } },
  }
  const preferences = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]))
  await mkdir(join(profile, 'Default'))
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify({ devtools: { preferences } }))
  return profile
}

/**
 * The address that the browser prints once it can be talked to.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    const patience = setTimeout(() => fail(`did not start within ${START / 1000} seconds`), START)
    /** @param {string} what */
    const fail = (what) => {
      clearTimeout(patience)
      reject(new Failure(`${child.spawnfile} ${what}.${said && `\n${said.trim()}`}`))
    }
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('exit', (code) => fail(`ended with code ${code} before it was ready`))
    // Read on for as long as it lives, or the browser would block on a full pipe.
    child.stderr?.on('data', (data) => {
      if (said.length > 100_000) return
      said += data
      const [, endpoint] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
      if (!endpoint) return
      clearTimeout(patience)
      resolve(endpoint)
    })
  })
}

/**
 * Commands and events over the pipe: JSON, each message ended by a zero byte.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Pick<Browser, 'send' | 'on'>}
 */
function conversation(child) {
  const output = /** @type {import('node:stream').Writable} */ (child.stdio[3])
  const input = /** @type {import('node:stream').Readable} */ (child.stdio[4])
  /** @type {Map<number, { resolve(result: any): void, reject(error: Error): void }>} */
  const waiting = new Map()
  /** @type {Map<string, Set<(params: any) => void>>} */
  const listeners = new Map()
  let count = 0
  let rest = ''

  input.setEncoding('utf8')
  input.on('data', (data) => {
    const messages = (rest + data).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) receive(JSON.parse(message))
  })
  // A browser that is gone is told by its exit.
  input.on('error', () => {})
  output.on('error', () => {})
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has ended.'))
    waiting.clear()
  })

  /** @param {{ id?: number, result?: any, error?: { message: string }, method?: string, params?: any }} message */
  function receive({ id, result, error, method, params }) {
    if (id === undefined) {
      for (const listener of listeners.get(method ?? '') ?? []) listener(params)
      return
    }
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error) asked?.reject(new Error(error.message))
    else asked?.resolve(result)
  }

  return {
    send(method, params = {}) {
      return new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve, reject })
        output.write(`${JSON.stringify({ id, method, params })}\0`)
      })
    },
    on(method, listener) {
      const all = listeners.get(method) ?? new Set()
      listeners.set(method, all.add(listener))
      return () => all.delete(listener)
    },
  }
}
