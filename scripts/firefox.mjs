// Finds a Firefox, or gets one, and starts it: the stock build, so no driver has to fit its version. A page that is opened by the command line
// alone has to say to the server that it came from what it has to say.

import './node-version.mjs'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { applications, installDebians, isDebianAsRoot, namedBy, onPath, programs } from './programs.mjs'
import { Failure, root, run } from './steps.mjs'

const { env, platform } = process

/** How long it may take to open the page and, later, to end. */
const START = 50_000
const END = 5000

export const howToGetFirefox =
  'No Firefox was found: install it (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to one.'

/**
 * The path of Firefox's program, if there is one.
 * @returns {string | undefined}
 */
export function findFirefox() {
  return namedBy('FIREFOX_PATH') ?? present()
}

/**
 * The same, and installs one where that is this machine's own business.
 * @returns {Promise<string | undefined>}
 */
export async function getFirefox() {
  const found = findFirefox()
  if (found !== undefined || !isDebianAsRoot()) return found
  try {
    await installDebians('No Firefox was found', 'firefox-esr')
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(`  ${error.message}`)
  }
  return present()
}

function present() {
  return places().find((path) => existsSync(path))
}

function places() {
  if (platform === 'darwin') return applications(['Firefox', 'firefox'], ['Firefox Developer Edition', 'firefox'])
  if (platform === 'win32') return programs('Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe')
  return onPath('firefox-esr', 'firefox')
}

/**
 * @typedef {object} Firefox
 * @property {Promise<Failure>} ended tells why, if it ends before it is closed
 * @property {(what: string) => Failure} failure with all that it said
 * @property {(pattern: RegExp) => Promise<RegExpExecArray>} said when it says so
 * @property {() => Promise<void>} close
 */

/**
 * Starts it in a profile of its own, without a window.
 * @param {string} executable
 * @param {string} site all that it reaches, besides this machine
 * @param {{ flags?: string[], preferences?: Record<string, string | number | boolean> }} [options]
 * @returns {Promise<Firefox>}
 */
export async function startFirefox(executable, site, { flags = [], preferences = {} } = {}) {
  const profile = await freshProfile(new URL(site), preferences)
  // On Windows what is started starts the browser, and ends unless it is told to wait.
  const waiting = platform === 'win32' ? ['--wait-for-browser'] : []
  const child = spawn(executable, [...waiting, '--headless', '--no-remote', '--profile', profile, ...flags], {
    // A crash is ours to report.
    env: { ...env, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => {
    if (said.length < 100_000) said += data
  })
  const failure = (/** @type {string} */ what) => new Failure(`${executable} ${what}.\n${said.trim()}`)
  /** @type {Promise<Failure>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(failure(`could not be started: ${error.message}`)))
    // `close` and not `exit`: all that it said is there by then.
    child.once('close', (code, signal) => resolve(failure(`ended with ${signal ?? `code ${code}`}`)))
  })
  return {
    ended,
    failure,
    said: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          const found = pattern.exec(said)
          if (found === null) return
          child.stderr.off('data', look)
          resolve(found)
        }
        child.stderr.on('data', look)
        look()
      }),
    async close() {
      await end(child)
      const patience = setTimeout(() => child.kill('SIGKILL'), END)
      await ended
      clearTimeout(patience)
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/**
 * Opens a page of this machine.
 * @param {string} executable
 * @param {string} url
 * @param {Promise<void>} arrived when the page has been heard of
 * @returns {Promise<Firefox>}
 */
export async function openInFirefox(executable, url, arrived) {
  const firefox = await startFirefox(executable, url, { flags: [url] })
  await readyWithin(firefox, arrived, `did not open ${url}`)
  return firefox
}

/**
 * Waits for what it is to do once it is started; closes it where that does not come.
 * @template T
 * @param {Firefox} firefox
 * @param {Promise<T>} ready
 * @param {string} late what is said of one that is not
 * @returns {Promise<T>}
 */
export async function readyWithin({ ended, failure, close }, ready, late) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience
  /** @type {Promise<never>} */
  const tooLate = new Promise((_, reject) => {
    patience = setTimeout(() => reject(failure(`${late} within ${START / 1000} seconds`)), START)
  })
  try {
    return await Promise.race([ready, tooLate, ended.then((error) => Promise.reject(error))])
  } catch (error) {
    await close()
    throw error
  } finally {
    clearTimeout(patience)
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (platform === 'win32') await run('taskkill', ['/pid', `${child.pid}`, '/t', '/f'])
  else child.kill()
}

/**
 * In the repository, because a Firefox that is a snap sees no other system's temporary folder.
 * @param {URL} site
 * @param {Record<string, string | number | boolean>} others
 */
async function freshProfile({ hostname, port }, others) {
  const output = join(root, 'test/.output')
  await mkdir(output, { recursive: true })
  const profile = await mkdtemp(join(output, 'firefox-'))
  const preferences = {
    ...QUIET,
    // Whatever it still asks of others ends here: the site is their proxy, and has nothing for them.
    'network.proxy.type': 1,
    'network.proxy.http': hostname,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': hostname,
    'network.proxy.ssl_port': Number(port),
    'network.proxy.allow_bypass': false,
    'network.proxy.failover_direct': false,
    'network.trr.mode': 5,
    ...others,
  }
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  return profile
}

/** No first-run pages, no updates, nothing told to anybody, and nobody asked in the background. */
const QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'startup.homepage_welcome_url': '',
  'toolkit.telemetry.enabled': false,
}
