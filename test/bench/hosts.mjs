// Where peers run: a fresh process of Node, a fresh page of Chromium, a fresh process of Python. A host makes what it needs,
// runs one peer once, and is closed at the end.

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright'
import { build } from 'vite'
import { findBrowser } from '../../scripts/browser.mjs'
import { privateZonePlugin } from '../../scripts/private-zone.mjs'
import { root } from '../../scripts/steps.mjs'

/**
 * @typedef {object} Host
 * @property {string} title
 * @property {boolean} isBrowser
 * @property {<Results = import('./peer').Results>(file: string, ...args: unknown[]) => Promise<Results>} run calls `bench`
 * @property {() => Promise<void>} close
 */

const execute = promisify(execFile)
const folder = join(root, 'test/bench')

/**
 * Bundles a peer as the package is built: not minified, and its constants stay constants.
 * @param {string} file its path without an ending
 * @param {string} outDir
 * @param {{ target?: string, seamless?: boolean }} [how]
 */
export async function bundle(file, outDir, { target = 'es2022', seamless = false } = {}) {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [privateZonePlugin(), seamless && withoutSeam],
    build: {
      target,
      outDir,
      emptyOutDir: false,
      minify: false,
      lib: { entry: join(folder, `${file}.ts`), formats: ['es'], fileName: () => `${file}.mjs` },
      rolldownOptions: { external: /^node:/, output: { topLevelVar: false } },
    },
  })
}

/** In the place of the tap one that is never there: what a constant decides, the bundler leaves out. @type {import('vite').Plugin} */
const withoutSeam = {
  name: 'without-seam',
  load: (id) =>
    id.endsWith('runtime/context/tap.ts')
      ? 'export const tap = null\nexport const TAP_VERSION = 0\nexport const attachTap = () => () => {}'
      : null,
}

/**
 * @param {string} bundles
 * @returns {Host}
 */
export function node(bundles) {
  return {
    title: `Node ${process.versions.node}`,
    isBrowser: false,
    async run(file, ...args) {
      const url = pathToFileURL(join(bundles, `${file}.mjs`)).href
      const call = `await bench(...${JSON.stringify(args)})`
      const script = `await import(${JSON.stringify(url)}); console.log(JSON.stringify(${call}))`
      const { stdout } = await execute(process.execPath, ['--expose-gc', '--input-type=module', '-e', script])
      return JSON.parse(stdout)
    },
    async close() {},
  }
}

/**
 * @param {string} bundles
 * @param {{ debugged?: boolean }} [how] whether the page has a debugger attached, with async stacks, as where DevTools is open
 * @returns {Promise<Host>}
 */
export async function browser(bundles, { debugged = false } = {}) {
  const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  // So that a bench of memory can measure it.
  flags.push('--js-flags=--expose-gc', '--enable-precise-memory-info')
  if (process.getuid?.() === 0) flags.push('--no-sandbox')
  const chrome = await chromium.launch({ executablePath: await findBrowser(), args: flags })
  return {
    title: `Chromium ${chrome.version()}${debugged ? ', DevTools attached' : ''}`,
    isBrowser: true,
    async run(file, ...args) {
      // A context of its own is a process of its own.
      const context = await chrome.newContext()
      const page = await context.newPage()
      if (debugged) {
        const devtools = await context.newCDPSession(page)
        await devtools.send('Runtime.enable')
        await devtools.send('Debugger.enable')
        await devtools.send('Debugger.setAsyncCallStackDepth', { maxDepth: 32 })
      }
      // In one call: to wait for the script would be to poll by timers of the page, which a peer may have replaced.
      const results = await page.evaluate(
        async ([code, args]) => {
          await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
          return Reflect.get(globalThis, 'bench')(...args)
        },
        /** @type {const} */ ([await readFile(join(bundles, `${file}.mjs`), 'utf8'), args]),
      )
      await context.close()
      return results
    },
    close: () => chrome.close(),
  }
}

/**
 * A browser that nobody is connected to: where somebody is, as DevTools or who drives it, the engine walks over each stack once more.
 * For peers that answer at once: what is written into the page by the end of its script is what is read.
 * @param {string} bundles
 * @returns {Promise<Host>}
 */
export async function unwatchedBrowser(bundles) {
  const executable = await findBrowser()
  const flags = [
    '--headless',
    '--dump-dom',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ]
  if (process.getuid?.() === 0) flags.push('--no-sandbox')
  const { stdout: version } = await execute(executable, ['--version'])
  return {
    title: `${version.split(' ').slice(0, 2).join(' ')}, nobody connected`,
    isBrowser: true,
    async run(file, ...args) {
      const page = join(bundles, `${file}.html`)
      const code = await readFile(join(bundles, `${file}.mjs`), 'utf8')
      const call = `document.body.textContent = JSON.stringify(bench(...${JSON.stringify(args)}))`
      await writeFile(
        page,
        `<body><script type="module">${code.replaceAll('</script', '<\\/script')}\n${call}</script>`,
      )
      const profile = await mkdtemp(join(tmpdir(), 'contextvars-bench-profile-'))
      try {
        const { stdout } = await execute(executable, [...flags, `--user-data-dir=${profile}`, pathToFileURL(page).href])
        return JSON.parse(/<body>(.*)<\/body>/s.exec(stdout)?.[1] ?? 'null')
      } finally {
        await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      }
    },
    async close() {},
  }
}

/** @returns {Promise<Host | null>} null where there is no Python. */
export async function python() {
  const version = await execute('python3', ['-c', 'import platform; print(platform.python_version())']).catch(
    () => null,
  )
  if (version === null) return null
  return {
    title: `CPython ${version.stdout.trim()}`,
    isBrowser: false,
    async run(file, effort) {
      const { stdout } = await execute('python3', [join(folder, `${file}.py`), JSON.stringify(effort)])
      return JSON.parse(stdout)
    },
    async close() {},
  }
}
