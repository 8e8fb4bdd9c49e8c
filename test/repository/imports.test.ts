// Who may import whom. ARCHITECTURE.md shows the same table to people.

import { expect, test } from 'vitest'
import { type Import, importsOf, trackedFiles } from './sources'

interface Room {
  /** What its files' paths begin with. */
  room: string
  /** What the paths of what they import may begin with, beside the room itself. `type` before one: types only. */
  files: string[]
  packages?: string[]
}

/** The first that fits a file decides. */
const rooms: Room[] = [
  { room: 'runtime/protocol.ts', files: [] },
  // The one place that a version stands in.
  { room: 'runtime/context/hook.ts', files: ['runtime/context/', 'package.json'] },
  { room: 'runtime/context/', files: [] },
  { room: 'runtime/async/', files: ['runtime/context/'], packages: ['virtual:private-zone'] },
  {
    room: 'runtime/async-context/',
    files: ['runtime/context/', 'runtime/async/', 'runtime/protocol', 'runtime/announced'],
  },
  { room: 'runtime/console/', files: ['runtime/context/'] },
  { room: 'runtime/reducer/', files: ['runtime/context/'] },
  {
    room: 'runtime/opentelemetry/',
    files: ['runtime/protocol', 'runtime/context/', 'runtime/async/', 'runtime/announced'],
    packages: ['@opentelemetry/api'],
  },
  { room: 'runtime/recorder/', files: ['runtime/context/', 'runtime/protocol'] },
  { room: 'runtime/on-demand/', files: ['runtime/context/', 'runtime/recorder/', 'runtime/protocol'] },
  { room: 'runtime/', files: ['runtime/'] },
  { room: 'extension/', files: ['runtime/protocol'], packages: ['webextension-polyfill'] },
  { room: 'panel/model/', files: ['runtime/protocol'], packages: ['valibot'] },
  {
    room: 'panel/source/',
    files: ['runtime/protocol', 'panel/model/recording'],
    packages: ['@jridgewell/trace-mapping'],
  },
  { room: 'panel/host/', files: ['runtime/protocol', 'panel/source/'], packages: ['webextension-polyfill'] },
  {
    room: 'panel/session/hooks.ts',
    files: ['panel/session/', 'panel/model/', 'runtime/protocol'],
    packages: ['react'],
  },
  { room: 'panel/session/', files: ['runtime/protocol', 'panel/model/', 'panel/source/'] },
  {
    room: 'panel/view/',
    files: ['type runtime/protocol', 'panel/session/', 'panel/host/', 'panel/model/selectors/', 'type panel/model/'],
    packages: ['react', 'react-dom', 'react-dom/client'],
  },
  {
    room: 'panel/cli.ts',
    files: ['runtime/protocol', 'panel/model/'],
    packages: ['node:fs', 'node:fs/promises', 'node:url', 'node:util', 'node:zlib'],
  },
  {
    room: 'panel/testing.ts',
    files: ['runtime/recorder', 'runtime/protocol', 'panel/model/', 'panel/source/written-lines', 'package.json'],
  },
  { room: 'panel/chrome.ts', files: ['runtime/recorder', 'runtime/console/', 'runtime/protocol', 'panel/model/'] },
  { room: 'panel/main.ts', files: ['panel/'] },
  { room: 'panel/open-panel.ts', files: ['panel/'] },
  { room: 'panel/pane.ts', files: ['panel/'] },
  { room: 'panel/standalone.ts', files: ['panel/host/', 'panel/session/', 'panel/view/'] },
  { room: 'compiler/', files: [], packages: ['magic-string', 'vite'] },
]

const sources = trackedFiles().filter((file) => /^(runtime|extension|panel|compiler)\/.*\.tsx?$/.test(file))

const roomOf = (file: string) => rooms.find(({ room }) => file.startsWith(room))

function isAllowed({ from, to, kind, typeOnly }: Import): boolean {
  const found = roomOf(from)
  if (found === undefined) return false
  if (kind === 'package') return found.packages?.includes(to) ?? false
  return [found.room, ...found.files].some((entry) => {
    const forTypes = entry.startsWith('type ')
    return to.startsWith(forTypes ? entry.slice('type '.length) : entry) && (typeOnly || !forTypes)
  })
}

test('every file belongs to a room', () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([])
  expect(sources.length).toBeGreaterThan(50)
})

test('no file imports what its room may not', () => {
  const offences = sources
    .flatMap(importsOf)
    .filter((one) => !isAllowed(one))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(offences).toEqual([])
})

test('an import that is not allowed is seen in each of its forms', () => {
  const trespass = (to: string, typeOnly = false): Import => ({
    from: 'panel/view/Panel.tsx',
    to,
    kind: to.includes('/') ? 'file' : 'package',
    typeOnly,
  })
  expect(isAllowed(trespass('runtime/recorder/log'))).toBe(false)
  expect(isAllowed(trespass('panel/model/world'))).toBe(false)
  expect(isAllowed(trespass('panel/model/world', true))).toBe(true)
  expect(isAllowed(trespass('valibot'))).toBe(false)
  // This very file has all of them.
  expect(importsOf('test/repository/imports.test.ts')).toEqual([
    { from: 'test/repository/imports.test.ts', to: 'vitest', kind: 'package', typeOnly: false },
    { from: 'test/repository/imports.test.ts', to: 'test/repository/sources', kind: 'file', typeOnly: false },
  ])
})
