// Finds a Firefox, or gets one, and opens a page in it. The stock build: it is told what to do by its command line and its
// profile alone, so no driver has to fit its version. What the page has to say, it says to the server that it came from.

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
 * Opens a page of this machine in a profile of its own, without a window.
 * @param {string} executable
 * @param {string} url
 * @param {Promise<void>} arrived when the page has been heard of
 * @returns {Promise<{ ended: Promise<Failure>, close(): Promise<void> }>} `ended` tells why, if it ends before it is closed
 */
export async function openInFirefox(executable, url, arrived) {
  const profile = await freshProfile(new URL(url))
  // On Windows what is started starts the browser, and ends unless it is told to wait.
  const flags = platform === 'win32' ? ['--wait-for-browser'] : []
  const child = spawn(executable, [...flags, '--headless', '--no-remote', '--profile', profile, url], {
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
  const close = async () => {
    await end(child)
    const patience = setTimeout(() => child.kill('SIGKILL'), END)
    await ended
    clearTimeout(patience)
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience
  const late = new Promise((resolve) => {
    patience = setTimeout(() => resolve(failure(`did not open ${url} within ${START / 1000} seconds`)), START)
  })
  const problem = await Promise.race([arrived, ended, late])
  clearTimeout(patience)
  if (problem === undefined) return { ended, close }
  await close()
  throw problem
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
 */
async function freshProfile({ hostname, port }) {
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
