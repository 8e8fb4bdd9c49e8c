// A real CPython that runs programs: one process for many, one line for each.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Program, Trace } from './program'

const oracle = fileURLToPath(new URL('oracle.py', import.meta.url))

/** Whether this machine has a Python that can be asked. */
export const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'], { stdio: 'ignore' }).status === 0

export interface CPython {
  version: string
  run(program: Program): Promise<Trace>
  stop(): void
}

export async function startCPython(): Promise<CPython> {
  const python = spawn('python3', [oracle], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: python.stdout })
  const answers = lines[Symbol.asyncIterator]()
  const answer = async (): Promise<string> => {
    const { value, done } = await answers.next()
    if (done) throw new Error('CPython ended without an answer')
    return value
  }
  await once(python, 'spawn')
  const version = await answer()
  return {
    version,
    async run(program) {
      python.stdin.write(`${JSON.stringify(program)}\n`)
      return JSON.parse(await answer())
    },
    stop() {
      python.stdin.end()
    },
  }
}
