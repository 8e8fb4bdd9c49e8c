// How a script tells what it does: one line per step with the time it took, and one sentence when something fails.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Something that a person can mend: its message is all that is printed. */
export class Failure extends Error {}

/**
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  console.log(`▸ ${title}`)
  const started = performance.now()
  const result = await work()
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return result
}

/**
 * Runs a program with its output on ours, and rejects with a Failure when it does not end well.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.on('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)))
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Failure(`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}`))
    })
  })
}

/**
 * Runs a Node program of a package.
 * @param {string} file its file inside node_modules
 * @param {...string} args
 */
export function tool(file, ...args) {
  return run(process.execPath, [`node_modules/${file}`, ...args])
}

/**
 * Runs npm: the one that runs this script when there is one.
 * @param {...string} args
 */
export function npm(...args) {
  const own = process.env.npm_execpath
  return own ? run(process.execPath, [own, ...args]) : run('npm', args, { shell: process.platform === 'win32' })
}

/**
 * The body of a script: prints a Failure as its sentence, anything else as it is, and leaves the exit code to say so.
 * @param {() => Promise<void>} body
 */
export async function script(body) {
  try {
    await body()
  } catch (error) {
    console.error(error instanceof Failure ? `\n✗ ${error.message}` : error)
    process.exitCode = 1
  }
}
