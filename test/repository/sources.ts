// The files of this repository as git knows them, and what their code imports.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from '../../scripts/steps.mjs'

/** What is tracked, or new and not ignored; with `/` on every system. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root })
  const deleted = execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: root })
  const gone = new Set(String(deleted).split('\0'))
  return [...new Set(String(listed).split('\0'))].filter((file) => file !== '' && !gone.has(file))
}

export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

export const readJson = (file: string) => JSON.parse(read(file))

export interface Import {
  /** The importing file. */
  from: string
  /** A path from the root without its ending, or the name of a package. */
  to: string
  kind: 'file' | 'package'
  /** `import type`: gone when the code runs. */
  typeOnly: boolean
}

const STATEMENT = /\b(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\sfrom\s+)?['"]([^'"\n]+)['"]/g
const CALL = /\bimport\s*\(\s*['"]([^'"\n]+)['"]/g
const COMMENT = /^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)/gm

export function importsOf(from: string): Import[] {
  const code = read(from).replace(COMMENT, '')
  const statements = [...code.matchAll(STATEMENT)].map(([, type, to = '']) => ({ to, typeOnly: type !== undefined }))
  const calls = [...code.matchAll(CALL)].map(([, to = '']) => ({ to, typeOnly: false }))
  return [...statements, ...calls].map(({ to, typeOnly }) =>
    to.startsWith('.')
      ? { from, to: posix.join(posix.dirname(from), to), kind: 'file', typeOnly }
      : { from, to, kind: 'package', typeOnly },
  )
}
