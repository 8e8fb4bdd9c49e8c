// What is built, and how: one entry per output, named by `vite build --mode <output>`. `scripts/build.mjs` makes them all in
// order; `vite --mode playground` serves the playground.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type PluginOption, type UserConfig } from 'vite'
import { injectScriptPlugin, onDemandScriptPlugin, ownLanguage } from './scripts/inject-script.mjs'
import { noMarkupPlugin } from './scripts/no-markup.mjs'
import { preloadPlugin } from './scripts/preload.mjs'
import { privateZonePlugin } from './scripts/private-zone.mjs'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What every build of runtime/ needs, and whatever runs it from source. */
export const runtimePlugins = (): PluginOption[] => [privateZonePlugin()]

/** Lets the demo, the playground and the tests import this package by its name, as an application does. */
const named = (index: string, async: string, worker: string, opentelemetry: string, asyncContext: string) => [
  { find: /^contextvars-devtools$/, replacement: at(index) },
  { find: /^contextvars-devtools\/async$/, replacement: at(async) },
  { find: /^contextvars-devtools\/worker$/, replacement: at(worker) },
  { find: /^contextvars-devtools\/opentelemetry$/, replacement: at(opentelemetry) },
  { find: /^contextvars-devtools\/async-context$/, replacement: at(asyncContext) },
]
export const namedSources = named(
  'runtime/index.ts',
  'runtime/async/index.ts',
  'runtime/reducer/worker.ts',
  'runtime/opentelemetry/index.ts',
  'runtime/async-context/index.ts',
)

const target = 'es2022'
/** A constant that stays one is folded into what the engine compiles: a fifth of the time of a set and its reset. */
const constants = { topLevelVar: false }
/** In kB, of a script of the panel, which nobody waits for on a network. A test holds it (`test/repository/sizes.test.ts`). */
export const panelScriptLimit = 600
const plainNames = { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' }

/** What the panel brings into a recorded page when somebody needs it: a classic script of its own. */
const onDemand = (script: string, options: { minify: boolean; ignored: boolean; banner?: string }) => ({
  plugins: [onDemandScriptPlugin(script, options)],
  publicDir: false as const,
  build: {
    target,
    outDir: 'dist/extension',
    emptyOutDir: false,
    modulePreload: false as const,
    minify: options.minify,
    rolldownOptions: {
      input: `runtime/on-demand/${script}.ts`,
      output: {
        format: 'iife' as const,
        strict: true,
        entryFileNames: `${script}.js`,
        ...(options.banner === undefined ? {} : { banner: options.banner }),
      },
    },
  },
})

/** An application as people build theirs, which imports the built package. */
const demo = (page: string, outDir: string, target: string, output = {}) => ({
  root: at(`test/pages/${page}`),
  base: './',
  publicDir: false as const,
  resolve: {
    alias: named(
      'dist/runtime/index.js',
      'dist/runtime/async.js',
      'dist/runtime/worker.js',
      'dist/runtime/opentelemetry.js',
      'dist/runtime/async-context.js',
    ),
  },
  build: {
    target,
    outDir: at(outDir),
    emptyOutDir: true,
    minify: false,
    sourcemap: 'inline' as const,
    modulePreload: false as const,
    // It is of others, in one piece, and as it is written.
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    rolldownOptions: { output: { ...plainNames, ...output } },
  },
})

export const outputs = {
  /** What applications import. One build, so that all of them share the one copy of runtime/context. */
  runtime: {
    plugins: runtimePlugins(),
    publicDir: false,
    build: {
      target,
      outDir: 'dist',
      emptyOutDir: true,
      minify: false,
      modulePreload: false,
      lib: {
        formats: ['es'],
        entry: {
          'runtime/index': 'runtime/index.ts',
          'runtime/async': 'runtime/async/index.ts',
          'runtime/recorder': 'runtime/recorder/index.ts',
          'runtime/worker': 'runtime/reducer/worker.ts',
          'runtime/opentelemetry': 'runtime/opentelemetry/index.ts',
          'runtime/async-context': 'runtime/async-context/index.ts',
          testing: 'panel/testing.ts',
          chrome: 'panel/chrome.ts',
        },
      },
      rolldownOptions: {
        // The application's own.
        external: ['@opentelemetry/api'],
        output: { ...constants, entryFileNames: '[name].js', chunkFileNames: 'runtime/shared/[name].js' },
      },
    },
  },

  /** What the extension puts into a page: one classic script. */
  inject: {
    plugins: [...runtimePlugins(), injectScriptPlugin()],
    publicDir: false,
    build: {
      target,
      outDir: 'dist/runtime',
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: 'runtime/inject.ts',
        output: { ...constants, format: 'iife', strict: true, intro: ownLanguage, entryFileNames: 'inject.js' },
      },
    },
  },

  /** People read it where it pauses, and a minifier would take its very statement away. */
  'break-on': onDemand('break-on', {
    minify: false,
    ignored: false,
    banner: `// Paused by "Break on" of the Contextvars panel. The line of yours that did it is below in the call stack.`,
  }),
  'live-values': onDemand('live-values', { minify: true, ignored: true }),
  outline: onDemand('outline', { minify: true, ignored: true }),
  zones: onDemand('zones', { minify: true, ignored: true }),

  /** The command line. */
  cli: {
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      target: 'node20',
      ssr: 'panel/cli.ts',
      outDir: 'dist',
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'cli.js', chunkFileNames: 'cli/[name].js' } },
    },
  },

  /** What an application's build imports. */
  compiler: {
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      target: 'node20',
      ssr: 'compiler/vite.ts',
      outDir: 'dist',
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'vite.js' } },
    },
  },

  /** The page that DevTools loads for the extension. */
  extension: {
    root: at('extension'),
    base: './',
    publicDir: false,
    build: {
      target,
      outDir: at('dist/extension'),
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: { input: at('extension/devtools.html'), output: plainNames },
    },
  },

  panel: {
    root: at('panel'),
    base: './',
    publicDir: false,
    plugins: [react(), noMarkupPlugin(), preloadPlugin()],
    build: {
      target,
      outDir: at('dist/extension/panel'),
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: panelScriptLimit,
      // In one piece: what is shared would come before what is not, whatever the order of the imports.
      cssCodeSplit: false,
      rolldownOptions: { input: [at('panel/index.html'), at('panel/pane.html')], output: plainNames },
    },
  },

  /** The panel in one file, for reports: `scripts/report-page.mjs` puts the pieces together. */
  standalone: {
    root: at('panel'),
    publicDir: false,
    plugins: [react(), noMarkupPlugin()],
    build: {
      target,
      outDir: at('dist/standalone'),
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: panelScriptLimit,
      rolldownOptions: { input: at('panel/standalone.html'), output: { ...plainNames, codeSplitting: false } },
    },
  },

  /** The demo is an application like any other: it imports the built package, and brings its source map along. */
  // As it is written: `using` made into helpers would end each block in a helper's line.
  demo: demo('demo', 'dist/demo', 'esnext'),
  /** The same desk, traced by OpenTelemetry. */
  traced: demo('traced', 'dist/demo/traced', target, {
    // Apart from the desk, whose map is read in no time then; zone.js only where it is asked for.
    codeSplitting: { groups: [{ name: '@opentelemetry/all', test: /@opentelemetry[\\/](?!context-zone)/ }] },
  }),

  playground: {
    root: at('test/playground'),
    plugins: [react(), ...runtimePlugins()],
    resolve: { alias: namedSources },
    server: { fs: { allow: [at('.')] } },
  },
} satisfies Record<string, UserConfig>

export type Output = keyof typeof outputs

const isOutput = (mode: string): mode is Output => Object.hasOwn(outputs, mode)

export default defineConfig(({ mode }) => {
  if (!isOutput(mode))
    throw new Error(`There is no output "${mode}": use --mode with one of ${Object.keys(outputs).join(', ')}`)
  return { root: at('.'), ...outputs[mode] }
})
