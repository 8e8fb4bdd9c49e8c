// What the project promises about itself: what the extension asks for, what the package brings, what no file may name.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { VERSION } from '../../runtime/context/hook'
import { ON_DEMAND_SCRIPTS } from '../../runtime/protocol'
import { manifestFor } from '../../scripts/manifest.mjs'
import { root } from '../../scripts/steps.mjs'
import { read, readJson, trackedFiles } from './sources'

const manifest = JSON.parse(await manifestFor('chrome'))
const pack = readJson('package.json')
const lock = readJson('package-lock.json')

describe('the extension', () => {
  test('asks for no permission when it is installed', () => {
    expect(manifest.manifest_version).toBe(3)
    for (const key of ['permissions', 'host_permissions', 'content_scripts', 'background', 'externally_connectable']) {
      expect(manifest).not.toHaveProperty(key)
    }
    expect(manifest.optional_permissions).toEqual(['scripting'])
  })

  test('runs nothing that it did not bring, and talks to nobody', () => {
    const policy: string = manifest.content_security_policy.extension_pages
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toMatch(/https?:|\*/)
    const directives = policy.split('; ')
    expect(directives).toContain("default-src 'none'")
    expect(directives).toContain("script-src 'self'")
    expect(directives).toContain("connect-src 'self'")
  })

  test('has every file that it names', () => {
    const named: string[] = [
      manifest.devtools_page,
      ...Object.values<string>(manifest.icons),
      'inject.js',
      ...ON_DEMAND_SCRIPTS.map((script) => `${script}.js`),
      'panel/index.html',
    ]
    for (const file of named) expect(existsSync(join(root, 'dist/extension', file)), file).toBe(true)
  })

  test('runs no script and wears no style that its policy forbids', () => {
    for (const page of ['devtools.html', 'panel/index.html']) {
      const html = read(`dist/extension/${page}`)
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:\/\//)
    }
  })

  test('passes no data through itself', () => {
    expect(read('extension/devtools.ts')).not.toMatch(/\b(eval|fetch|connect|sendMessage|storage)\b/)
  })
})

describe('the version', () => {
  test('is one everywhere', () => {
    expect({ runtime: VERSION, manifest: manifest.version, lock: lock.version }).toEqual({
      runtime: pack.version,
      manifest: pack.version,
      lock: pack.version,
    })
  })
})

describe('the package', () => {
  test('brings nothing that a page would load twice', () => {
    expect(pack).not.toHaveProperty('dependencies')
    // OpenTelemetry's API is the one that the application has, if it has any.
    expect(pack.peerDependencies).toEqual({ '@opentelemetry/api': '^1.3.0' })
    expect(pack.peerDependenciesMeta).toEqual({ '@opentelemetry/api': { optional: true } })
  })

  test('pins what it is built with', () => {
    expect(Object.values<string>(pack.devDependencies).filter((version) => !/^(npm:.+@)?\d/.test(version))).toEqual([])
  })

  test('holds what it exports, and nothing that it need not', () => {
    const exported = Object.values<string | Record<string, string>>(pack.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    )
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
    const packed = new Set<string>(files.map(({ path }: { path: string }) => `./${path}`))
    for (const file of [...exported, ...Object.values<string>(pack.bin)]) expect(packed, file).toContain(file)
    expect(
      [...packed].filter(
        (file) =>
          !/^\.\/(dist\/|README\.md$|docs\/(api|limits|schedulers)\.md$|(ARCHITECTURE|CHANGELOG|PRIVACY)\.md$|LICENSE$|package\.json$)/.test(
            file,
          ),
      ),
    ).toEqual([])
    expect(
      [...packed].filter((file) => file.startsWith('./dist/demo/') || file.startsWith('./dist/packages/')),
    ).toEqual([])
  })

  test('has a command that starts', () => {
    expect(read('dist/cli.js')).toMatch(/^#!\/usr\/bin\/env node\n/)
    const help = execFileSync(process.execPath, ['dist/cli.js', '--help'], { cwd: root, encoding: 'utf8' })
    expect(help).toContain('contextvars-devtools')
  })
})

describe('the lock file', () => {
  test('names no host', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/)
  })

  test('has the programs of every system', () => {
    for (const system of ['darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-arm64', 'win32-x64']) {
      const [os, cpu] = system.split('-')
      for (const family of ['@biomejs/cli', '@rolldown/binding', '@typescript/typescript']) {
        const names = Object.keys(lock.packages).filter((name) =>
          name.startsWith(`node_modules/${family}-${os}-${cpu}`),
        )
        expect(names, `${family} for ${system}`).not.toEqual([])
      }
    }
  })
})

describe('the files', () => {
  const files = trackedFiles().filter((file) => !/\.(png|gz)$/.test(file))

  test('name no registry and no machine', () => {
    const forbidden = new RegExp(
      ['registry\\.\\w+\\.(org|com)', '/root/', '/home/\\w+/', '/(work|tmp)/\\w+/'].join('|'),
    )
    const self = 'test/repository/promises.test.ts'
    expect(files.filter((file) => file !== self && forbidden.test(read(file)))).toEqual([])
  })

  test('begin with a sentence that says what they hold', () => {
    const sources = files.filter((file) => /^(runtime|panel|extension|scripts)\/.*\.(ts|tsx|mjs)$/.test(file))
    expect(sources.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(read(file)))).toEqual([])
  })

  test('are read in a sitting', () => {
    // The contract is one file so that it can be read from its beginning to its end.
    const sources = files.filter((file) => /^(runtime|panel|extension|scripts)\/.*\.(ts|tsx|mjs)$/.test(file))
    const long = sources.filter((file) => file !== 'runtime/protocol.ts' && read(file).split('\n').length > 500)
    expect(long).toEqual([])
  })

  test('leave nothing for later', () => {
    const sources = files.filter((file) => /\.(ts|tsx|mjs|md)$/.test(file) && !file.startsWith('test/'))
    expect(sources.filter((file) => /\bTODO\b|\bFIXME\b|@ts-ignore|@ts-expect-error/.test(read(file)))).toEqual([])
  })
})
