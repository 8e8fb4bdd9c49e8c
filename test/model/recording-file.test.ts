// What becomes of a file that somebody chose: its text, or one sentence.

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecordingText } from '../../panel/model/recording-file'

const text = '{"user":"Zoë 日本"}'
const read = (content: string | Uint8Array<ArrayBuffer>, largest?: number) =>
  readRecordingText(new Blob([content]), largest)
const bytes = (content: Uint8Array) => Uint8Array.from(content)

describe('the text of a file', () => {
  it.each([
    ['plain', text],
    ['with a byte order mark', `\ufeff${text}`],
    ['gzipped', bytes(gzipSync(text))],
    ['gzipped, with a byte order mark', bytes(gzipSync(`\ufeff${text}`))],
  ])('%s', async (_, content) => {
    expect(await read(content)).toEqual({ ok: true, text })
  })

  it('is whole where a character falls between two pieces', async () => {
    const long = 'ë日'.repeat(400_000)
    expect(await read(long)).toEqual({ ok: true, text: long })
    expect(await read(bytes(gzipSync(long)))).toEqual({ ok: true, text: long })
  })

  it('is empty where the file is', async () => {
    expect(await read('')).toEqual({ ok: true, text: '' })
  })
})

describe('a refusal', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  it.each([
    ['binary data', png, 'This is no recording: binary data.'],
    ['binary data that could be text', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'This is no recording: binary data.'],
    [
      'text that breaks off in a character',
      bytes(Buffer.from('ë').subarray(0, 1)),
      'This is no recording: binary data.',
    ],
    ['gzipped binary data', bytes(gzipSync(png)), 'This is no recording: binary data.'],
    ['an archive that breaks off', bytes(gzipSync(text).subarray(0, 20)), 'Its compressed data is damaged.'],
    ['what only begins like an archive', Uint8Array.of(0x1f, 0x8b, 1, 2, 3), 'Its compressed data is damaged.'],
  ])('%s', async (_, content, error) => {
    expect(await read(content)).toEqual({ ok: false, error })
  })

  it('more than can be opened, packed or not', async () => {
    const megabyte = 2 ** 20
    const much = ' '.repeat(megabyte + 1)
    const error = (verb: string) => ({ ok: false, error: `It ${verb} more than 1 MB, which cannot be opened.` })
    expect(await read(bytes(gzipSync(much)), megabyte)).toEqual(error('unpacks to'))
    expect(await read(much, megabyte)).toEqual(error('holds'))
    expect(await read(' '.repeat(megabyte), megabyte)).toMatchObject({ ok: true })
  })
})
