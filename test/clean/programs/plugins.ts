// A system of plugins: each is set up under its own name and settings, its hooks keep those by `wrap`, and the host calls them for a
// document that the hooks find without being told.

import { ContextVar } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Settings {
  name: string
  options: Record<string, unknown>
}

const plugin = new ContextVar<Settings>('plugin')
const file = new ContextVar<string | null>('file', { default: null })

type Transform = (text: string) => string | Promise<string>
interface Hooks {
  transform: { by: string; hook: Transform }[]
  end: (() => void)[]
}

const hooks: Hooks = { transform: [], end: [] }
const warnings: string[] = []

/** What a plugin is given. */
const api = {
  option<T>(name: string, otherwise: T): T {
    const found = plugin.get().options[name]
    return found === undefined ? otherwise : (found as T)
  },
  warn(text: string): void {
    warnings.push(`${plugin.get().name}${file.get() === null ? '' : ` (${file.get()})`}: ${text}`)
  },
  onTransform(hook: Transform): void {
    hooks.transform.push({ by: plugin.get().name, hook: wrap(hook) })
  },
  onEnd(hook: () => void): void {
    hooks.end.push(wrap(hook))
  },
}

type Setup = () => void | Promise<void>

async function use(name: string, setup: Setup, options: Settings['options'] = {}): Promise<void> {
  const token = plugin.set({ name, options })
  try {
    await setup()
  } finally {
    plugin.reset(token)
  }
}

const banner: Setup = async () => {
  await sleep()
  const text = api.option('text', '// made')
  api.onTransform((source) => `${text}\n${source}`)
}

const minify: Setup = () => {
  let saved = 0
  api.onTransform(async (source) => {
    await sleep()
    const short = source.replace(/ +/g, ' ')
    saved += source.length - short.length
    if (saved > api.option('enough', 100)) api.warn(`saved ${saved}`)
    return short
  })
  api.onEnd(() => api.warn(`saved ${saved} in all`))
}

/** One that sets up another, as presets do. */
const preset: Setup = async () => {
  await use('minify', minify, { enough: 2 })
  await use('banner', banner)
  api.onEnd(() => api.warn('done'))
}

async function transformed(name: string, text: string): Promise<string> {
  using _ = file.set(name)
  let source = text
  for (const { by, hook } of hooks.transform) {
    try {
      source = await hook(source)
    } catch (error) {
      warnings.push(`${by} failed in ${file.get()}: ${error}`)
    }
  }
  return source
}

const strict: Setup = () => {
  api.onTransform((source) => {
    if (source.includes('eval')) throw new Error('eval')
    return source
  })
}

async function build(files: Record<string, string>): Promise<string[]> {
  const work = Object.entries(files).map(([name, text]) => createTask(() => transformed(name, text), { name }).result)
  const built = await Promise.all(work)
  for (const hook of hooks.end) hook()
  return built
}

export const program: Program = {
  async run() {
    await use('preset', preset)
    await use('banner', banner, { text: '// hi' })
    await use('strict', strict)
    return { built: await build({ 'a.js': 'let  a', 'b.js': 'eval(  b)' }), warnings, plugin: plugin.get(null) }
  },
  comesTo: {
    built: ['// hi\n// made\nlet a', '// hi\n// made\neval( b)'],
    warnings: ['strict failed in b.js: Error: eval', 'minify: saved 2 in all', 'preset: done'],
    plugin: null,
  },
}
