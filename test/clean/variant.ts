// A program of this room, read anew: it begins with nothing, as a page does, and one of its lines may be another.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Program } from './program'

/** What stands in a program, once, and what stands there instead. */
export type Change = readonly [text: string, instead: string]

export interface Variant {
  program: Program
  file: string
  source: string
}

const room = fileURLToPath(new URL('../.output/clean/', import.meta.url))
mkdirSync(room, { recursive: true })
/** Each test file has its own: whoever read a file of that name before is given what stood in it then. */
const folder = `${mkdtempSync(room)}/`
afterAll(() => rmSync(folder, { recursive: true }))
let variants = 0

export async function variantOf(name: string, changes: readonly Change[] = []): Promise<Variant> {
  let source = readFileSync(new URL(`programs/${name}.ts`, import.meta.url), 'utf8')
  for (const [text, instead] of changes) {
    const parts = source.split(text)
    if (parts.length !== 2) throw new Error(`${name} has this ${parts.length - 1} times: ${text}`)
    source = parts.join(instead)
  }
  source = source.replace("from '../program'", "from '../../../clean/program'")
  const file = `${name}-${++variants}.ts`
  writeFileSync(folder + file, source)
  const { program } = (await import(folder + file)) as { program: Program }
  return { program, file, source }
}
