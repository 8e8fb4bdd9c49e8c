// docs/api.md is true: of each entry of the package it lists what is exported, all of it and nothing else, as the types have it.

import { join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { read, readJson } from './sources'

/** By the name of what is declared. */
type Declarations = Map<string, string>

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g
const DECLARATION = /^(?:export )?(?:declare )?((?:class|function|interface|type|const) (\w+)[\s\S]*)/
const REEXPORT = /^export (?:type )?(?:\*|\{([^}]*)\}) from '(.+)\.js';/

/** Each begins in the first column, where nothing else stands but the bracket that ends one. */
const statements = (code: string): string[] => code.replace(COMMENT, '').split(/^(?=[^\s)}])/m)

/** Spaces, semicolons, what is private, and what is said of every object make no difference. */
const essence = (declaration: string): string =>
  declaration
    .replace(/#private;|get \[Symbol\.toStringTag\]\(\): string;|toString\(\): string;/g, '')
    .match(/\w+|[^\w\s;]/g)
    ?.join(' ') ?? ''

function declared(code: string): Declarations {
  const found = statements(code).map((statement) => DECLARATION.exec(statement) ?? [])
  return new Map(found.flatMap(([, text = '', name]) => (name === undefined ? [] : [[name, essence(text)]])))
}

/** What a file of types exports, followed to where it is declared. */
function exported(file: string): Declarations {
  const exports = statements(read(file)).filter((statement) => statement.startsWith('export '))
  const found = declared(exports.join(''))
  for (const statement of exports) {
    const [match, names, from = ''] = REEXPORT.exec(statement) ?? []
    if (match === undefined) continue
    const there = exported(`${posix.join(posix.dirname(file), from)}.d.ts`)
    const wanted = names?.match(/\w+(?=\s*(?:,|$))/g) ?? [...there.keys()]
    for (const name of wanted) found.set(name, there.get(name) ?? 'not declared there')
  }
  return found
}

const sorted = (declarations: Declarations) => Object.fromEntries([...declarations].sort())

const sections = new Map(
  read('docs/api.md')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [, entry = '', code = ''] = /^`(.*)`\n[\s\S]*```ts\n([\s\S]*?)```/.exec(section) ?? []
      return [entry, code] as const
    }),
)

const { name, exports } = readJson('package.json')
const entries = Object.entries<{ types?: string; default: string }>(exports)
  .filter(([, { types }]) => types !== undefined)
  .map(([entry, files]) => [posix.join(name, entry), files] as const)

test('every entry has a section', () => {
  expect([...sections.keys()]).toEqual(entries.map(([entry]) => entry))
})

test.each(entries)('%s is listed as its types have it', (entry, { types = '' }) => {
  expect(sorted(declared(sections.get(entry) ?? ''))).toEqual(sorted(exported(types)))
})

test.each(entries)('%s exports each value that is listed, and no other', async (entry, files) => {
  const listed = [...declared(sections.get(entry) ?? '')].filter(([, text]) => /^(class|function|const) /.test(text))
  const module = await import(pathToFileURL(join(root, files.default)).href)
  expect(listed.map(([value]) => value).sort()).toEqual(Object.keys(module).sort())
})
