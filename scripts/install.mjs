// Brings node_modules up to the lock file; does nothing when they are.

import './node-version.mjs'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { npm, root, step } from './steps.mjs'

export async function install() {
  if (installed()) return
  await step('Install the dependencies (npm ci)', () => npm('ci'))
}

/** npm writes a lock file of its own last, so its age is the age of a whole install. */
function installed() {
  const mark = join(root, 'node_modules/.package-lock.json')
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}
