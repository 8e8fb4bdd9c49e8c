// One script of two: that it runs both, and that its map tells a debugger which of its lines are whose.

import { runInNewContext } from 'node:vm'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { expect, test } from 'vitest'
import { joined } from '../../panel/host/joined-script'

const first =
  'globalThis.said = ["first"]\nconst end = "\\n//# sourceURL=kept"\n//# sourceURL=a.js\n//# sourceMappingURL=data:x\n'
const second = '// “why”\n;said.push("second", end)\n//# sourceURL=b.js\n'

test('both run, in order, and keep the texts that they have', () => {
  const page: { said?: string[] } = {}
  runInNewContext(joined(first, second), page)
  expect(page.said).toEqual(['first', 'second', '\n//# sourceURL=kept'])
})

test('it has one name and one map, which ignores the first and has each line of the second', () => {
  const script = joined(first, second)
  expect(script.match(/^\/\/# sourceURL=.*$/gm)).toEqual(['//# sourceURL=contextvars-devtools/inject.js'])
  const [, data = ''] = /^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\n$/m.exec(script) ?? []
  const json = JSON.parse(Buffer.from(data, 'base64').toString('utf8'))
  expect(json.ignoreList).toEqual([0])
  const map = new TraceMap(json)
  const lines = script.split('\n')
  const at = (text: string) =>
    originalPositionFor(map, { line: lines.findIndex((line) => line.includes(text)) + 1, column: 3 })
  expect(at('globalThis.said')).toMatchObject({ source: 'contextvars-devtools/inject.js', line: 1 })
  expect(at('const end')).toMatchObject({ source: null })
  expect(at('said.push')).toMatchObject({ source: 'contextvars-devtools/break-on.js', line: 2 })
  expect(json.sourcesContent[1]).toContain('// “why”\n;said.push("second", end)')
})
