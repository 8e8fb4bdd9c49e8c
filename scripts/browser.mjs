// Finds a browser that can show the panel, or gets one. The order: what the person named, Playwright's own, a Chromium of the
// system, then branded Chrome or Edge.

import './node-version.mjs'
import { existsSync } from 'node:fs'
import { applications, installDebians, isDebianAsRoot, namedBy, onPath, programs } from './programs.mjs'
import { Failure, step, tool } from './steps.mjs'

const { platform } = process

/**
 * The path of a browser's program. Installs one where there is none, and says so before.
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  return namedBy('CHROME_PATH') ?? (await present()) ?? (await fetched())
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

function debians() {
  return installDebians('No browser was found', 'chromium', 'fonts-liberation')
}

function download() {
  const withLibraries = platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : []
  return step("No browser was found: downloading Playwright's Chromium (npx playwright install chromium)", () =>
    tool('playwright/cli.js', 'install', ...withLibraries, '--no-shell', 'chromium'),
  )
}
