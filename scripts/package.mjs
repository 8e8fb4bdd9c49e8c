// Makes what the stores take: `npm run package` writes one archive for Chrome and one for Firefox into dist/packages/, and lints the one for
// Firefox as `web-ext lint` does. The same sources make the same bytes.

import './node-version.mjs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { browsers, manifestFor } from './manifest.mjs'
import { Failure, root, script, step } from './steps.mjs'

/** The first that an archive can tell. */
const DATE = new Date(1980, 0, 1)

const extension = join(root, 'dist/extension')

/**
 * Writes the archives of what was built, and answers where they are.
 * @param {string} folder
 * @returns {Promise<Record<import('./manifest.mjs').Browser, string>>}
 */
export async function writePackages(folder) {
  const { BlobReader, BlobWriter, TextReader, ZipWriter } = await import('@zip.js/zip.js')
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await mkdir(folder, { recursive: true })
  const written = /** @type {Record<import('./manifest.mjs').Browser, string>} */ ({})
  for (const browser of browsers) {
    const archive = new ZipWriter(new BlobWriter('application/zip'), { lastModDate: DATE, extendedTimestamp: false })
    await archive.add('manifest.json', new TextReader(await manifestFor(browser)))
    await archive.add('LICENSE', new BlobReader(new Blob([await readFile(join(root, 'LICENSE'))])))
    for (const file of await filesOf(extension)) {
      if (file === 'manifest.json') continue
      await archive.add(file, new BlobReader(new Blob([await readFile(join(extension, file))])))
    }
    written[browser] = join(folder, `contextvars-devtools-${version}-${browser}.zip`)
    await writeFile(written[browser], Buffer.from(await (await archive.close()).arrayBuffer()))
  }
  return written
}

/**
 * All files below a folder, in one order everywhere.
 * @param {string} folder
 */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/**
 * What Mozilla's linter finds, each in one line.
 * @param {string} file
 * @returns {Promise<string[]>}
 */
export async function lint(file) {
  const { createInstance } = (await import('addons-linter')).default
  const linter = createInstance({
    config: { _: [file], output: 'none', metadata: false, stack: false, boring: true, logLevel: 'fatal' },
    runAsBinary: false,
  })
  const { errors, warnings, notices } = await linter.run()
  return [...errors, ...warnings, ...notices].map(
    ({ code, message, file, line }) => `${code}: ${message} (${file ?? 'the archive'}${line ? `:${line}` : ''})`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async () => {
    await install()
    await build()
    const files = await step('Pack', () => writePackages(join(root, 'dist/packages')))
    const found = await step('Lint', () => lint(files.firefox))
    if (found.length > 0) throw new Failure(`The linter of Firefox’s store is not content:\n${found.join('\n')}`)
    for (const file of Object.values(files)) console.log(relative(process.cwd(), file))
  })
}
