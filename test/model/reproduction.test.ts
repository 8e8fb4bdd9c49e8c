// A problem made again: in a real CPython, and by this runtime, from random programs that were recorded and from drawings.

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL, recordingOf } from '../../panel/model/excerpt'
import { parseBatch } from '../../panel/model/recording'
import { pythonTests } from '../../panel/model/report/repro-python'
import { typescriptTests } from '../../panel/model/report/repro-typescript'
import { type Reproduction, reproductionOf, reproductionOfAll } from '../../panel/model/report/reproduction'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import * as runtime from '../../runtime'
import type { Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { root } from '../../scripts/steps.mjs'
import { hasPython } from '../context/cpython'
import { interpret } from '../context/interpret'
import { type Program, program } from '../context/program'
import { seed } from '../seed'
import { lifeOf, moments, stacks } from './random-life'
import { type Story, story } from './story'

const python = (text: string): string => execFileSync('python3', ['-'], { input: text, encoding: 'utf8' })

/** Runs the tests as they are written, but for their types and imports; answers their titles. */
function runHere(text: string): string[] {
  const run: string[] = []
  const lines = text.split('\n').filter((line) => !line.startsWith('import '))
  const code = lines.join('\n').replaceAll('<unknown>', '')
  const names = Object.keys(runtime)
  const body = new Function('expect', 'test', ...names, `"use strict";${code}`)
  const test = (title: string, fn: () => void) => {
    fn()
    run.push(title)
  }
  body(expect, test, ...names.map((name) => Reflect.get(runtime, name)))
  return run
}

function recorded(what: Program): Timeline {
  const recording = record({ stacks: 'none' })
  try {
    interpret(what)
    const batch = parseBatch(recording.since(0))
    if (batch === null) throw new Error('The recorder answers')
    const timeline = new Timeline()
    timeline.append(batch.facts, batch.stacks)
    return timeline
  } finally {
    recording.stop()
  }
}

const ERROR_OF: Record<string, string> = {
  used: 'RuntimeError',
  'other-variable': 'ValueError',
  'other-context': 'ValueError',
  'not-a-token': 'TypeError',
  'lookup-error': 'LookupError',
  'reentry-error': 'RuntimeError',
}

/** What the page was refused, in its order. */
const errorsIn = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => ERROR_OF[fact.type === 'token-error' ? fact.code : fact.type] ?? [])

const errorsOf = ({ steps }: Reproduction): string[] =>
  steps.flatMap((step) => (step.do === 'fails' ? [step.error] : []))

const all = (timeline: Timeline): Reproduction => {
  const made = reproductionOfAll(timeline)
  if (!made.ok) throw new Error(made.why)
  return made.reproduction
}

describe('whatever a synchronous program does', () => {
  test(`is made again here, errors, values and all (seed ${seed})`, () => {
    let errors = 0
    fc.assert(
      fc.property(program, (what) => {
        const timeline = recorded(what)
        const made = all(timeline)
        expect(errorsOf(made)).toEqual(errorsIn(timeline.facts))
        expect(made.steps.filter((step) => step.do === 'note')).toEqual([])
        errors += errorsOf(made).length
        expect(runHere(typescriptTests([made]))).toEqual([made.title])
      }),
      { numRuns: 300 },
    )
    expect(errors).toBeGreaterThan(100)
  })

  test.runIf(hasPython)(`and in CPython (seed ${seed})`, () => {
    const timelines = fc.sample(program, { numRuns: 150 }).map(recorded)
    const said = python(pythonTests(timelines.map(all)))
    const names = said.split('\n').map((line) => /^(\w+): /.exec(line)?.[1])
    expect(names.filter((name) => name !== undefined)).toEqual(timelines.flatMap(({ facts }) => errorsIn(facts)))
  })

  test(`and each of its problems alone, in as many lines as it needs (seed ${seed})`, () => {
    let problems = 0
    fc.assert(
      fc.property(program, (what) => {
        const timeline = recorded(what)
        for (const finding of judge(timeline.head).findings) {
          const made = reproductionOf(timeline, finding)
          if (!made.ok) continue
          problems++
          expect(runHere(typescriptTests([made.reproduction]))).toEqual([made.reproduction.title])
          expect(made.reproduction.steps.length).toBeLessThanOrEqual(all(timeline).steps.length + 10)
        }
      }),
      { numRuns: 200 },
    )
    expect(problems).toBeGreaterThan(100)
  })
})

describe('where facts are missing', () => {
  /** What a full log lets go of, a gap and a census stand for; what is lost otherwise is a hole. */
  const holed = fc
    .tuple(moments, fc.boolean(), fc.nat(), fc.array(fc.nat(), { maxLength: 8 }))
    .map(([all, isLetGo, pick, lost]) => {
      const whole = new Timeline()
      whole.append(lifeOf(all), stacks)
      const { facts } = isLetGo
        ? recordingOf(whole, { ...ALL, after: whole.facts[pick % whole.facts.length]?.seq ?? 1 })
        : { facts: whole.facts }
      const timeline = new Timeline()
      timeline.append(
        facts.filter((_, index) => !lost.some((place) => place % facts.length === index)),
        stacks,
      )
      return timeline
    })

  const madeOf = (timeline: Timeline): Reproduction[] =>
    [
      reproductionOfAll(timeline),
      ...judge(timeline.head).findings.map((finding) => reproductionOf(timeline, finding)),
    ].flatMap((made) => (made.ok ? [made.reproduction] : []))

  test(`only what is known is asserted here (seed ${seed})`, () => {
    const counts = { note: 0, fails: 0, holds: 0 }
    fc.assert(
      fc.property(holed, (timeline) => {
        for (const made of madeOf(timeline)) {
          expect(runHere(typescriptTests([made]))).toEqual([made.title])
          for (const { do: what } of made.steps) if (what in counts) counts[what as keyof typeof counts]++
        }
      }),
      { numRuns: 200 },
    )
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50)
  })

  test.runIf(hasPython)(`and in CPython (seed ${seed})`, () => {
    const made = fc.sample(holed, { numRuns: 60 }).flatMap(madeOf)
    expect(made.length).toBeGreaterThan(100)
    const names = python(pythonTests(made))
      .split('\n')
      .flatMap((line) => /^(\w+): /.exec(line)?.[1] ?? [])
    expect(names).toEqual(made.flatMap(errorsOf))
  })

  test('a token that was used in a gap was used, wherever that was; and a context is what a census says of it', () => {
    const told = story(`
      user is a variable
      base starts task Ada
      Ada sets user = "Ada" as a @ app.js:4
      3 facts are lost
      census of user
      - base: user = "Eve" by e
      - Ada below base (task)
      Ada is refused user by a: used @ app.js:9
    `)
    const [made, ...others] = problemsOf(told)
    if (made === undefined) throw new Error('There is one')
    expect(others).toEqual([])
    const text = pythonTests([made])
    expect(text).toContain('# What led to this is missing: Ada is given what it held.')
    expect(text).toContain('Ada.run(user.reset, token_1)')
    expect(runHere(typescriptTests([made]))).toEqual([made.title])
    if (hasPython) expect(python(text)).toMatch(/^RuntimeError: /)
  })
})

/** The reproductions of all problems of a drawing. */
function problemsOf({ timeline }: Story): Reproduction[] {
  // What is not there cannot be made again.
  const findings = judge(timeline.head).findings.filter(({ rule }) => rule !== 'left-unrecorded')
  return findings.map((finding) => {
    const made = reproductionOf(timeline, finding)
    if (!made.ok) throw new Error(`${finding.title}: ${made.why}`)
    return made.reproduction
  })
}

describe.each<[problem: string, drawing: string, errors: string[]]>([
  [
    'a token that is used twice',
    `user is a variable @ app.js:1
     lang is a variable
     base starts task Ada @ app.js:3
     Ada sets lang = "en" as l
     Ada sets user = "Ada" as t @ app.js:4
     Ada resets user by t @ app.js:5
     Ada is refused user by t: used @ app.js:6
     Ada resets lang by l`,
    ['RuntimeError'],
  ],
  [
    'a token of another context',
    `user is a variable
     base sets user = "Ada" as t @ app.js:4
     base copies copy
     copy is refused user by t: other-context @ app.js:7`,
    ['ValueError'],
  ],
  [
    'a lookup that is too early',
    `class is a variable
     base starts task Ada
     Ada misses class @ app.js:9
     base sets class = "late" as t
     base resets class by t`,
    ['LookupError'],
  ],
  [
    'a context that is entered already',
    `user is a variable
     base copies copy
     copy enters
     copy is refused to enter @ app.js:5
     copy leaves`,
    ['RuntimeError'],
  ],
])('%s', (_, drawing, errors) => {
  const made = problemsOf(story(drawing))

  test('fails here in the same way', () => {
    expect(made.flatMap(errorsOf)).toEqual(errors)
    expect(runHere(typescriptTests(made))).toEqual(made.map(({ title }) => title))
  })

  test.runIf(hasPython)('and in CPython', () => {
    expect(python(pythonTests(made))).toMatch(new RegExp(`^${errors.join(': .*\n')}: .*\n$`))
  })
})

test('Vitest itself runs the file, and its types are right', () => {
  const made = problemsOf(
    story(`
      user is a variable, default "nobody"
      lang is a variable
      base sets user = "Ada" as t @ app.js:4
      base copies copy
      copy is refused user by t: other-context @ app.js:7
      copy is refused lang by t: other-variable @ app.js:8
      copy is refused lang by junk: not-a-token @ app.js:9
      copy misses lang @ app.js:10
    `),
  )
  expect(made.length).toBeGreaterThanOrEqual(3)
  const folder = join(root, 'test/.output/reproduction')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'made.test.ts'), typescriptTests(made))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.json',
      compilerOptions: { noUnusedLocals: false },
      include: ['made.test.ts'],
      exclude: [],
    }),
  )
  const ran = (file: string, ...args: string[]) => {
    try {
      return execFileSync(process.execPath, [join(root, 'node_modules', file), ...args], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    } catch (error) {
      return error instanceof Error && 'stdout' in error ? `${error}${error.stdout}` : String(error)
    }
  }
  expect(ran('typescript/bin/tsc', '-p', folder)).toBe('')
  expect(
    ran(
      'vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      '--reporter',
      'json',
      'test/.output/reproduction/made.test.ts',
    ),
  ).toContain(`"numPassedTests":${made.length},`)
})

test('a value that was never reset is held by who inherited it, here and in CPython', () => {
  const told = story(`
    user is a variable @ app.js:1
    lang is a variable, default "en"
    base sets user = "Ada" as t @ app.js:4
    base copies later
    later reads user, inherited
  `)
  const made = problemsOf(told)
  expect(made.map(({ title }) => title)).toEqual(['Forgotten reset: user'])
  const text = pythonTests(made)
  expect(text).toContain('assert later.get(user) == "Ada", later.get(user)')
  expect(text).not.toContain('lang')
  expect(runHere(typescriptTests(made))).toEqual(['Forgotten reset: user'])
  if (hasPython) expect(python(text)).toBe('')
})

test('whatever the page calls things and holds, the program is one, and says nothing else', () => {
  const nasty = story(`
    user is a variable called x, default {a: 1}
    base starts task Ada
    Ada sets user = "Ada" as t
    Ada resets user by t
    Ada is refused user by t: used @ app.js:6
  `)
  for (const fact of nasty.facts) {
    if (fact.type === 'var-created') fact.name = "class\n'''\\\u2028import os"
    if (fact.type === 'task-created') fact.name = '#\n");throw 1//'
    if (fact.type === 'var-set') fact.value = { kind: 'string', text: "\"cut off\n'''…" }
  }
  for (const frames of Object.values(nasty.stacks))
    for (const frame of frames) frame.url = 'x\nraise SystemExit(1)\u2028throw 1'
  const made = problemsOf(nasty)
  expect(runHere(typescriptTests(made))).toHaveLength(1)
  if (hasPython) expect(python(pythonTests(made))).toMatch(/^RuntimeError: .*\n/)
})

test('what a few lines do not show is said', () => {
  const told = story(`
    rates is a variable, default [0]
    base finds the default of rates changed to [0, 1] @ app.js:4
  `)
  const [finding] = judge(told.world).findings
  if (finding === undefined) throw new Error('There is one')
  expect(reproductionOf(told.timeline, finding)).toMatchObject({
    ok: false,
    why: expect.stringMatching(/^Sets, resets/),
  })
})
