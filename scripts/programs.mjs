// Where programs are on each system, and how Debian's get there.

import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Failure, run, step } from './steps.mjs'

const { env, platform } = process

/** No package takes longer to come, and a mirror that is silent must not hold up the rest. */
const PATIENCE = 10 * 60_000

/**
 * The program that the person named in the environment.
 * @param {string} name
 * @returns {string | undefined}
 */
export function namedBy(name) {
  const path = env[name]
  if (!path || existsSync(path)) return path || undefined
  throw new Failure(`${name} names ${path}, and there is no such file.`)
}

/** @param {...string} names */
export function onPath(...names) {
  const folders = (env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/**
 * Programs of a Mac: each by the name of its application, and of its executable where that is another.
 * @param {...(string | [string, string])} names
 */
export function applications(...names) {
  return names.flatMap((name) => {
    const [application, executable] = Array.isArray(name) ? name : [name, name]
    return ['/Applications', join(homedir(), 'Applications')].map((folder) =>
      join(folder, `${application}.app/Contents/MacOS/${executable}`),
    )
  })
}

/**
 * Programs of Windows.
 * @param {...string} paths
 */
export function programs(...paths) {
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LocalAppData].filter(
    (folder) => folder !== undefined,
  )
  return paths.flatMap((path) => folders.map((folder) => join(folder, path)))
}

export function isDebianAsRoot() {
  // Not Ubuntu: its browsers' packages are snaps, which cannot be started where there is no snapd.
  const release = '/etc/os-release'
  return (
    platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync(release) &&
    /^ID=debian$/m.test(readFileSync(release, 'utf8'))
  )
}

/**
 * @param {string} why said before it happens
 * @param {...string} packages
 */
export function installDebians(why, ...packages) {
  return step(`${why}: installing Debian's ${packages[0]} package with apt-get`, async () => {
    const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: PATIENCE }
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
  })
}
