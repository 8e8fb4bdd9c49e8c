// What the stores take: an archive for each browser, of the same files, with what each wants to know.

import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { beforeAll, expect, test } from 'vitest'
import { lint, writePackages } from '../../scripts/package.mjs'
import { root } from '../../scripts/steps.mjs'
import { read, readJson } from './sources'

const folder = join(root, 'test/.output/packages')
let files: Awaited<ReturnType<typeof writePackages>>
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  files = await writePackages(folder)
})

async function contents(file: string): Promise<Map<string, string>> {
  const archive = new ZipReader(new BlobReader(new Blob([await readFile(file)])))
  const texts = new Map<string, string>()
  for (const entry of await archive.getEntries()) {
    if (!entry.directory) texts.set(entry.filename, await entry.getData(new TextWriter()))
  }
  return texts
}

test('both browsers get the same files, and a manifest each', async () => {
  const { 'manifest.json': chrome, ...same } = Object.fromEntries(await contents(files.chrome))
  const { 'manifest.json': firefox, ...others } = Object.fromEntries(await contents(files.firefox))
  expect(others).toEqual(same)
  expect(same['inject.js']).toBe(read('dist/extension/inject.js'))
  expect(same.LICENSE).toBe(read('LICENSE'))
  const [one, other] = [JSON.parse(chrome ?? ''), JSON.parse(firefox ?? '')]
  expect(one.version).toBe(readJson('package.json').version)
  expect(one).toHaveProperty('minimum_chrome_version')
  expect(other.browser_specific_settings.gecko.data_collection_permissions).toEqual({ required: ['none'] })
  const { minimum_chrome_version: _, ...ofChrome } = one
  const { browser_specific_settings: __, ...ofFirefox } = other
  expect(ofFirefox).toEqual(ofChrome)
})

test('the same sources make the same bytes', async () => {
  const hash = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
  const before = await Promise.all(Object.values(files).map(hash))
  const again = await writePackages(`${folder}-again`)
  expect(await Promise.all(Object.values(again).map(hash))).toEqual(before)
})

test('the linter of Firefox’s store finds nothing', async () => {
  expect(await lint(files.firefox)).toEqual([])
})

test('whose work is in it is said, with the licence of each', () => {
  const notices = read('dist/extension/NOTICES.md')
  expect(notices).toBe(read('dist/NOTICES.md'))
  for (const library of ['react', 'react-dom', 'valibot', 'webextension-polyfill', 'zone.js', 'magic-string']) {
    const [, part] = notices.split(`\n## ${library} `)
    expect(part, library).toMatch(/^[\d.]+\n\n(MIT|MPL-2\.0), https:\/\/\S+\. In: .+\n\n> /)
  }
})
