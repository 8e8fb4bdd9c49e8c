// Builds everything into dist/. Run by itself it installs what is missing first.

import './node-version.mjs'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './install.mjs'
import { manifestFor } from './manifest.mjs'
import { Notices } from './notices.mjs'
import { writeReportPage } from './report-page.mjs'
import { root, script, step, tool } from './steps.mjs'

/** In this order: the first two empty the folders that the others write into, and the demo imports the built runtime. */
const outputs = [
  'runtime',
  'extension',
  'inject',
  'break-on',
  'live-values',
  'outline',
  'zones',
  'panel',
  'standalone',
  'cli',
  'compiler',
  'demo',
  'traced',
]

export async function build() {
  await step('Build', async () => {
    const vite = await import('vite')
    const notices = new Notices()
    const configFile = join(root, 'vite.config.ts')
    for (const mode of outputs) {
      const { build, plugins = [] } = notices.of(mode)
      // How long a plugin takes is told by a slow machine as if it were a fault.
      const rolldownOptions = { checks: { bundlerTimings: false } }
      await vite.build({ mode, logLevel: 'warn', configFile, plugins, build: { ...build, rolldownOptions } })
    }
    for (const folder of ['dist', 'dist/extension'])
      await writeFile(join(root, folder, 'NOTICES.md'), await notices.text())
    await writeFile(join(root, 'dist/extension/manifest.json'), await manifestFor('chrome'))
    await cp(join(root, 'extension/icons'), join(root, 'dist/extension/icons'), { recursive: true })
    await cp(join(root, 'dist/runtime/inject.js'), join(root, 'dist/extension/inject.js'))
    await writeReportPage()
    await cp(join(root, 'dist/report-page.html'), join(root, 'dist/extension/panel/report-page.html'))
    await declarations()
    const { recordingSchema } = await import('./recording-schema.mjs')
    await writeFile(join(root, 'dist/recording.schema.json'), `${JSON.stringify(await recordingSchema(), null, 2)}\n`)
  })
}

/**
 * Types beside the code. The sources import each other without an ending; whoever resolves like Node wants one.
 */
async function declarations() {
  await tool('typescript/bin/tsc', '--project', 'scripts/tsconfig.declarations.json')
  const files = await readdir(join(root, 'dist'), { recursive: true })
  await Promise.all(
    files
      .filter((file) => file.endsWith('.d.ts'))
      .map(async (name) => {
        const file = join(root, 'dist', name)
        const text = await readFile(file, 'utf8')
        const complete = text.replace(/((?:from|import)\s*\(?\s*['"])(\.\.?\/[^'"]+)(?=['"])/g, (_, before, path) => {
          const beside = join(file, '..', path)
          return before + (existsSync(`${beside}.d.ts`) ? `${path}.js` : `${path}/index.js`)
        })
        if (complete !== text) await writeFile(file, complete)
      }),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async () => {
    await install()
    await build()
  })
}
