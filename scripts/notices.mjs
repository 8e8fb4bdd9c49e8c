// Whose work is in what we ship: every library that a bundle carries, its version, where it comes from and its licence, as the bundler saw
// them go in.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './steps.mjs'

/**
 * @typedef {object} Library
 * @property {string} name
 * @property {string} version
 * @property {string} identifier of its licence, as SPDX calls it
 * @property {string} text of its licence
 */

const FILE = 'libraries.json'

/** The bundler sees it as ours: it has its own scope there (`private-zone.mjs`). */
const PRIVATE = 'zone.js'

export class Notices {
  /** By name and version, with the outputs that it is in. @type {Map<string, { library: Library, outputs: Set<string> }>} */
  #all = new Map()

  /**
   * What one build is asked for, so that its libraries are taken down here instead of in a file of its own.
   * @param {string} output
   * @returns {import('vite').InlineConfig}
   */
  of(output) {
    return {
      build: { license: { fileName: FILE } },
      plugins: [
        {
          name: 'notices',
          generateBundle: {
            order: 'post',
            handler: async (_, bundle) => {
              const told = bundle[FILE]
              /** @type {Library[]} */
              const libraries = told?.type === 'asset' ? JSON.parse(String(told.source)) : []
              delete bundle[FILE]
              const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
              if (modules.some((id) => id.includes('private-zone'))) libraries.push(await libraryAt(PRIVATE))
              for (const library of libraries) this.#add(library, output)
            },
          },
        },
      ],
    }
  }

  /**
   * @param {Library} library
   * @param {string} output
   */
  #add(library, output) {
    const key = `${library.name} ${library.version}`
    const known = this.#all.get(key) ?? { library, outputs: new Set() }
    known.outputs.add(output)
    this.#all.set(key, known)
  }

  /**
   * For people, in the order of the names.
   * @returns {Promise<string>}
   */
  async text() {
    const parts = [
      '# What others wrote of this',
      'Contextvars DevTools carries these libraries, as their authors published them on npm unless it is said otherwise.',
    ]
    for (const [, { library, outputs }] of [...this.#all].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { name, version, identifier, text } = library
      const home = await homeOf(name)
      parts.push(
        `## ${name} ${version}`,
        `${identifier}${home ? `, ${home}` : ''}. In: ${[...outputs].join(', ')}.${
          name === PRIVATE ? ' Changed: in a scope of its own, and only the parts that are used.' : ''
        }`,
        text
          .trim()
          .split('\n')
          .map((line) => `> ${line}`.trimEnd())
          .join('\n'),
      )
    }
    return `${parts.join('\n\n')}\n`
  }
}

const require = createRequire(join(root, 'package.json'))

/** @param {string} name */
async function packageOf(name) {
  const file = require.resolve.paths(name)?.map((folder) => join(folder, name, 'package.json')) ?? []
  for (const candidate of file) {
    const text = await readFile(candidate, 'utf8').catch(() => null)
    if (text !== null) return { folder: dirname(candidate), ...JSON.parse(text) }
  }
  return null
}

/**
 * @param {string} name
 * @returns {Promise<Library>}
 */
async function libraryAt(name) {
  const { folder, version, license } = await packageOf(name)
  return { name, version, identifier: license, text: await readFile(join(folder, 'LICENSE'), 'utf8') }
}

/** @param {string} name */
async function homeOf(name) {
  const { repository, homepage } = (await packageOf(name)) ?? {}
  const url = typeof repository === 'object' ? repository.url : repository
  return url?.replace(/^git\+|\.git$/g, '').replace(/^git:/, 'https:') ?? homepage ?? null
}
