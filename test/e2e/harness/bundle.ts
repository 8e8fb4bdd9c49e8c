// Builds pages that import packages, as an application's own build does.

import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../../scripts/steps.mjs'
import { output } from './journey'

export interface BundleOptions {
  /** Default: as it is written, native `await` included. */
  target?: string
  /** Other packages in the place of those that are imported. */
  alias?: { find: RegExp; replacement: string }[]
  /** Where to, if a page is built in several ways. */
  name?: string
}

/** Where the built package is, for who imports it by its names. */
export function packageIn(dist: string): { find: RegExp; replacement: string }[] {
  const runtime = join(dist, 'runtime')
  return [
    { find: /^contextvars-devtools$/, replacement: join(runtime, 'index.js') },
    { find: /^contextvars-devtools\/async$/, replacement: join(runtime, 'async.js') },
    { find: /^contextvars-devtools\/worker$/, replacement: join(runtime, 'worker.js') },
    { find: /^contextvars-devtools\/opentelemetry$/, replacement: join(runtime, 'opentelemetry.js') },
  ]
}

/** Builds these documents of `test/pages/<page>/` with the built package in `dist`; answers the folder. */
export async function bundle(
  dist: string,
  page: string,
  documents: string[],
  options: BundleOptions = {},
): Promise<string> {
  const from = join(root, 'test/pages', page)
  const outDir = join(output, 'pages', options.name ?? page)
  for (const document of documents) {
    await build({
      configFile: false,
      root: from,
      base: './',
      logLevel: 'error',
      publicDir: false,
      resolve: { alias: [...(options.alias ?? []), ...packageIn(dist)] },
      build: {
        target: options.target ?? 'esnext',
        outDir,
        emptyOutDir: false,
        minify: false,
        modulePreload: false,
        chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
        // One file for each document: what it loads first runs first, which chunks that are shared would not keep.
        rolldownOptions: { input: join(from, document), output: { codeSplitting: false } },
      },
    })
  }
  return outDir
}
