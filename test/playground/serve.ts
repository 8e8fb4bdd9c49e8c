// The playground for tests, built once for all of them: a page of one script is there at once, where its three hundred sources come one by
// one. That it can be served from these, too, has a test of its own (`test/e2e/playground.test.ts`).

import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import type { TestProject } from 'vitest/node'
import { type Route, serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    playground: string
  }
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.ts': 'text/javascript' }

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const files = await built()
  const fromMemory: Route = ({ pathname }, response) => {
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    const file = files.get(name)
    if (file === undefined) return false
    const [, type] = Object.entries(TYPES).find(([ending]) => name.endsWith(ending)) ?? []
    response
      .writeHead(200, { 'content-type': type ?? 'application/octet-stream', 'cache-control': 'no-store' })
      .end(file)
    return true
  }
  const { origin, close } = await serve({}, fromMemory)
  provide('playground', `${origin}/`)
  return close
}

async function built(): Promise<Map<string, string | Uint8Array>> {
  const documents = ['index.html', 'page.html'].map((name) => join(root, 'test/playground', name))
  const output = await build({
    configFile: join(root, 'vite.config.ts'),
    mode: 'playground',
    logLevel: 'error',
    publicDir: false,
    // React complains of what is wrong only where it is developed with, and a test fails if it does.
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: documents,
        // What the package says of its own files, that an import of most does nothing, is not so for the page's.
        treeshake: false,
        // What the panel tells of a line is read by its name: that of the source.
        output: { entryFileNames: '[name].ts', chunkFileNames: '[name].ts' },
      },
    },
  })
  const all = ([output].flat() as Rolldown.RolldownOutput[]).flatMap(({ output }) => output)
  return new Map(all.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}
