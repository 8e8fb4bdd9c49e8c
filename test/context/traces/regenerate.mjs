// Asks a real CPython once more what the committed programs do, and commits its word: node test/context/traces/regenerate.mjs

import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { runnerImport } from 'vite'

const { module: programs } = await runnerImport('./test/context/program.ts')
const { module: oracle } = await runnerImport('./test/context/cpython.ts')

const python = await oracle.startCPython()
const lines = []
for (const program of fc.sample(programs.program, { numRuns: 400, seed: 567 })) {
  lines.push(JSON.stringify({ program, trace: await python.run(program) }))
}
python.stop()

// One program a line: a change can be read.
const file = new URL('cpython.json', import.meta.url)
await writeFile(file, `{"python":"${python.version}","runs":[\n${lines.join(',\n')}\n]}\n`)
console.log(`${lines.length} programs, CPython ${python.version}: ${file.pathname}`)
