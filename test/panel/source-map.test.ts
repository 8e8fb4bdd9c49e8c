import { describe, expect, test } from 'vitest'
import { SourceMap } from '../../panel/source/source-map'

const url = 'http://localhost/assets/index.js'
const pack = (map: unknown) =>
  `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${btoa(typeof map === 'string' ? map : JSON.stringify(map))}\n`
/** Line 1 of the script is line 3, column 2 of `src/desk.ts` (counted from 0: 2 and 1). */
const map = { version: 3, sources: ['../src/desk.ts'], names: [], mappings: 'AAEC' }
const frame = { name: 'a', url, line: 1, column: 5 }

describe('the original of a frame', () => {
  test('is found by the map in the script’s last comment', () => {
    const original = SourceMap.inScript(`run();\n${pack(map)}`, url)?.original(frame)
    expect(original).toEqual({ name: 'a', url: 'http://localhost/src/desk.ts', line: 3, column: 2 })
  })

  test('is a generator, where the frame is one', () => {
    const original = SourceMap.inScript(pack(map), url)?.original({ ...frame, generator: true })
    expect(original).toMatchObject({ line: 3, generator: true })
  })

  test('a quoted map before it does not count', () => {
    const script = `const s = "${pack({ ...map, sources: ['other.ts'] }).trim()}"\n${pack(map)}`
    expect(SourceMap.inScript(script, url)?.original(frame)?.url).toContain('desk.ts')
  })

  test('is nothing where the map has nothing', () => {
    expect(SourceMap.inScript(pack({ ...map, mappings: '' }), url)?.original(frame)).toBeNull()
  })

  test.each([
    ['no map', 'run()'],
    ['a map in a file', '//# sourceMappingURL=index.js.map'],
    ['no JSON', pack('{"version":')],
    ['no map at all', pack('7')],
    ['null', pack('null')],
    ['no base64', '//# sourceMappingURL=data:application/json;base64,%%%'],
    ['mappings of another kind', pack({ ...map, mappings: 5 })],
  ])('%s is no exception', (_, text) => {
    expect(() => SourceMap.inScript(text, url)?.original(frame) ?? null).not.toThrow()
    expect(SourceMap.inScript(text, url)?.original(frame) ?? null).toBeNull()
  })
})

describe('a map in a file', () => {
  const fileOf = (script: string) => SourceMap.fileOf(script, url)

  test('is named by the last comment', () => {
    expect(fileOf('run()\n//# sourceMappingURL=index.js.map\n')).toBe('http://localhost/assets/index.js.map')
    expect(fileOf('//# sourceMappingURL=/maps/a.map')).toBe('http://localhost/maps/a.map')
    expect(fileOf(`${'x'.repeat(5_000)}\n//# sourceMappingURL=b.map`)).toBe('http://localhost/assets/b.map')
  })
  test.each([
    ['what is quoted', 'const s = "//# sourceMappingURL=index.js.map"'],
    ['what is not last', '//# sourceMappingURL=index.js.map\nrun()'],
    ['what the script brings itself', pack(map)],
    ['no address', '//# sourceMappingURL=http://:0:0/'],
    ['nothing', ''],
  ])('%s names none', (_, script) => expect(fileOf(script)).toBeNull())

  test('is read like one in the script', () => {
    const original = SourceMap.inFile(JSON.stringify(map), 'http://localhost/maps/a.map')?.original(frame)
    expect(original).toEqual({ name: 'a', url: 'http://localhost/src/desk.ts', line: 3, column: 2 })
  })
  test.each(['', '<!doctype html>', 'null', '7'])('%j is none', (text) => {
    expect(SourceMap.inFile(text, url)?.original(frame) ?? null).toBeNull()
  })
})

describe('the text of an original', () => {
  const desk = 'http://localhost/src/desk.ts'
  const textOf = (parts: object, file = desk) => SourceMap.inScript(pack({ ...map, ...parts }), url)?.textOf(file)

  test('is what the map brings', () => expect(textOf({ sourcesContent: ['serve()'] })).toBe('serve()'))
  test('is null where the map leaves it out', () => {
    expect(textOf({})).toBeNull()
    expect(textOf({ sourcesContent: [null] })).toBeNull()
    expect(textOf({ sourcesContent: [7] })).toBeNull()
    expect(textOf({ sourcesContent: 7 })).toBeNull()
  })
  test('is not known of a file that the map does not name', () => {
    expect(textOf({ sourcesContent: ['serve()'] }, url)).toBeUndefined()
  })
})

test('a script full of beginnings of maps is read in a moment', () => {
  const began = performance.now()
  expect(SourceMap.inScript('//#sourceMappingURL=data:application/json'.repeat(100_000), url)).toBeNull()
  expect(performance.now() - began).toBeLessThan(5_000)
})
