// Finds a browser that can show the panel, or gets one. The order: what the person named, Playwright's own, a Chromium of the
// system, then branded Chrome or Edge.

import './node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Failure, run, step, tool } from './steps.mjs'

const { env, platform } = process

/**
 * The path of a browser's program. Installs one where there is none, and says so before.
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  const named = env.CHROME_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Failure(`CHROME_PATH names ${named}, and there is no such file.`)
  }
  return (await present()) ?? (await fetched())
}

async function present() {
  return [await playwrights(), ...chromiums(), ...branded()].find((path) => existsSync(path))
}

async function playwrights() {
  const { chromium } = await import('playwright')
  return chromium.executablePath()
}

function chromiums() {
  if (platform === 'darwin') return applications('Chromium')
  if (platform === 'win32') return programs('Chromium\\Application\\chrome.exe')
  return onPath('chromium', 'chromium-browser')
}

function branded() {
  if (platform === 'darwin') return applications('Google Chrome', 'Microsoft Edge')
  if (platform === 'win32') {
    return programs('Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe')
  }
  return onPath('google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable')
}

/** @param {...string} names */
function onPath(...names) {
  const folders = (env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {...string} names */
function applications(...names) {
  return names.flatMap((name) =>
    ['/Applications', join(homedir(), 'Applications')].map((folder) =>
      join(folder, `${name}.app/Contents/MacOS/${name}`),
    ),
  )
}

/** @param {...string} paths */
function programs(...paths) {
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LocalAppData].filter(
    (folder) => folder !== undefined,
  )
  return paths.flatMap((path) => folders.map((folder) => join(folder, path)))
}

async function fetched() {
  for (const get of isDebianAsRoot() ? [debians, download] : [download]) {
    try {
      await get()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      console.error(`  ${error.message}`)
    }
    const path = await present()
    if (path) return path
  }
  throw new Failure(
    'No browser was found and none could be installed: install Chromium or Chrome, or set CHROME_PATH to one.',
  )
}

function isDebianAsRoot() {
  // Not Ubuntu: its package of that name is a snap, which cannot be started where there is no snapd.
  const release = '/etc/os-release'
  return process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
}

function debians() {
  return step("No browser was found: installing Debian's chromium package with apt-get", async () => {
    const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], quiet)
  })
}

function download() {
  const withLibraries = platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : []
  return step("No browser was found: downloading Playwright's Chromium (npx playwright install chromium)", () =>
    tool('playwright/cli.js', 'install', ...withLibraries, '--no-shell', 'chromium'),
  )
}
