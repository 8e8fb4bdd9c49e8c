// What the extension says of itself, to each browser: `extension/manifest.json` is what all of them read, here is what differs. The version is
// the package's.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './steps.mjs'

/** @typedef {'chrome' | 'firefox'} Browser */

/** @type {Record<Browser, Record<string, unknown>>} */
const differences = {
  chrome: { minimum_chrome_version: '119' },
  firefox: {
    browser_specific_settings: {
      gecko: {
        id: 'contextvars-devtools@contextvars.dev',
        // The first that says, everywhere, what an extension collects.
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  },
}

export const browsers = /** @type {Browser[]} */ (Object.keys(differences))

/**
 * @param {string} file
 * @returns {Promise<Record<string, unknown>>}
 */
const json = async (file) => JSON.parse(await readFile(join(root, file), 'utf8'))

/**
 * The text of the manifest for one browser.
 * @param {Browser} browser
 */
export async function manifestFor(browser) {
  const { manifest_version, name, ...rest } = await json('extension/manifest.json')
  const { version } = await json('package.json')
  return `${JSON.stringify({ manifest_version, name, version, ...rest, ...differences[browser] }, null, 2)}\n`
}
