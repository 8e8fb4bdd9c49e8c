import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../panel/cli'
import { toRecording } from '../../panel/model/recording-text'
import { root } from '../../scripts/steps.mjs'
import { story } from './story'

const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }
const recordingOf = (text: string) => JSON.stringify(toRecording(story(text).timeline, page, '0.1.0'))

const clean = recordingOf('user is a variable\nbase starts task A\nA sets user = 1 as t\nA settles')
const broken = recordingOf('user is a variable\nbase misses user @ app.js:3')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contextvars-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function command(...args: string[]) {
  let out = ''
  let error = ''
  const code = await run(args, { out: (text) => (out += text), error: (text) => (error += text) })
  return { code, out, error }
}

describe('contextvars-devtools report', () => {
  test('prints the tree and succeeds where there are only notes', async () => {
    const { code, out, error } = await command('report', await file('clean.ctxsnap.json', clean))
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('└─ A (task, ended, 1 not reset)')
    expect(out).toContain('Problems: 1 note')
  })

  test('fails where there is a problem, and says it', async () => {
    const { code, out } = await command('report', await file('broken.ctxsnap.json', broken))
    expect(code).toBe(1)
    expect(out).toContain('Lookup without a value: user')
    expect(out).toContain('app.js:3:1')
  })

  test('succeeds where all problems are muted, and tells them all the same', async () => {
    const mutes = [{ rule: 'lookup-without-value', reason: 'not loaded yet' }]
    const { code, out } = await command(
      'report',
      await file('muted.json', JSON.stringify({ ...JSON.parse(broken), mutes })),
    )
    expect(code).toBe(0)
    expect(out).toContain('Problems: none found')
    expect(out).toContain('Muted: 1 error\n  Lookup without a value: user — not loaded yet')
  })

  test.each(['markdown', 'md'])('as Markdown, by the name of %s', async (name) => {
    const { code, out } = await command('report', await file('md.json', broken), '--format', name)
    expect(code).toBe(1)
    expect(out).toMatch(/^# Contexts of Cart\n/)
  })

  test('of what comes in by a pipe, gzipped or not', () => {
    for (const input of [broken, gzipSync(broken)]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'report', '-'], {
        input,
      })
      expect([status, String(stderr)]).toEqual([1, ''])
      expect(String(stdout)).toContain('Lookup without a value: user')
    }
  })

  test('as JSON, and as a trace', async () => {
    const json = await command('report', await file('a.json', broken), '--format', 'json')
    expect(json.code).toBe(1)
    const report = JSON.parse(json.out)
    expect(report).toMatchObject({ page, complete: { lost: 0 }, unknown: [], muted: [] })
    expect(report.problems).toMatchObject([
      {
        rule: 'lookup-without-value',
        variable: 'user',
        fix: [{ kind: 'default', line: "new ContextVar('user', { default: null })", at: null }],
        at: 'https://shop.example/app.js:3:1',
      },
    ])
    const inner = JSON.parse((await command('report', await file('b.json', clean), '--format', 'json')).out).contexts[1]
    expect(inner).toMatchObject({
      name: 'A',
      state: 'ended',
      parent: 1,
      values: [{ variable: 'user', value: '1', inherited: false }],
    })
    const trace = await command('report', await file('c.json', broken), '--format', 'trace')
    expect(trace.code).toBe(1)
    expect(JSON.parse(trace.out).traceEvents.length).toBeGreaterThan(3)
    const told = JSON.parse(trace.out).traceEvents.filter(({ cat }: { cat?: string }) => cat === 'problem')
    expect(told).toMatchObject([{ args: { fix: "new ContextVar('user', { default: null })" } }])
  })

  test('as a test that makes each problem again', async () => {
    const python = await command('report', await file('d.json', broken), '--format', 'py')
    expect(python.code).toBe(1)
    expect(python.out).toContain('base.run(user.get)')
    expect(python.out).toContain('except LookupError as error:')
    const typescript = await command('report', await file('e.json', broken), '--format', 'ts')
    expect(typescript.out).toContain('expect(() => base.run(() => user.get())).toThrow(LookupError)')
    expect(
      (await command('report', await file('f.json', recordingOf('user is a variable')), '--format', 'py')).out,
    ).toContain('    pass')
  })

  test('tells somebody who waits what it is at, and leaves nothing of that behind', async () => {
    const said: string[] = []
    const recording = JSON.parse(recordingOf('user is a variable'))
    for (let seq = recording.facts.length + 1; seq <= 60_000; seq++) {
      recording.facts.push({ type: 'var-read', context: 1, variable: 1, from: 'own', seq, at: seq })
    }
    const lines = await file('long.json', JSON.stringify(recording))
    const nobody = () => {}
    await run(['report', lines], { out: nobody, error: nobody, progress: (words) => said.push(words) })
    expect(said).toEqual(['reading', '', 'taking in 0 %', 'taking in 83 %', 'writing the report', ''])
  })

  test('says from which problem on it fails', async () => {
    const warned = recordingOf('user is a variable\nbase sets user = 1 as t\nbase copies c\nc reads user, inherited')
    const warning = await file('warning.json', warned)
    expect((await command('report', warning)).code).toBe(1)
    expect((await command('report', warning, '--fail-on', 'error')).code).toBe(0)
    expect((await command('report', await file('error.json', broken), '--fail-on=error')).code).toBe(1)
    const note = await file('note.json', recordingOf('base starts task Alice\nAlice sets user = 1 as t\nAlice settles'))
    expect((await command('report', note)).code).toBe(0)
    expect((await command('report', note, '--fail-on', 'info')).code).toBe(1)
  })

  test('asks the rules that are asked on request, and then counts what they find', async () => {
    const outlived = await file(
      'outlived.json',
      recordingOf(`user is a variable
        base starts task A
        A sets user = "ada" as a @ app.js:3
        A starts task writer @ app.js:9
        writer reads user, inherited
        A resets user by a
        A settles
        base starts task B
        B sets user = "bob" as b @ app.js:3
        flag is a variable
        B sets flag = 1 as f
        B resets flag by f`),
    )
    expect((await command('report', outlived)).out).not.toContain('outlives')
    for (const format of ['text', 'markdown', 'json', 'trace', 'py', 'ts']) {
      const { code, out } = await command('report', outlived, '--also', 'outlived-value', '--format', format)
      expect({ format, code }).toEqual({ format, code: 1 })
      expect(out).toContain('Value that outlives its work: user')
    }
    const both = await command('report', outlived, '--also', 'outlived-value', '--also', 'without-effect')
    expect(both.out).toContain('Set and never read: flag')
    expect(both.out).toContain('Value that outlives its work: user')
  })

  test('has the page ask them, too', async () => {
    const recording = await file('page.json', clean)
    const asked = await command('report', recording, '--also', 'without-effect', '--format', 'html')
    expect(asked.out).toContain('data-also="without-effect"')
    expect((await command('report', recording, '--format', 'html')).out).toContain('data-also=""')
  })

  test('of a gzipped file, and of one with a byte order mark', async () => {
    expect((await command('report', await file('a.ctxsnap.json.gz', gzipSync(clean)))).code).toBe(0)
    expect((await command('report', await file('bom.json', `\ufeff${clean}`))).code).toBe(0)
  })

  test('says how much it did not understand', async () => {
    const odd = clean.replace('"facts":[', '"facts":[{"type":"from-tomorrow"},')
    const { code, error } = await command('report', await file('odd.json', odd))
    expect(code).toBe(0)
    expect(error).toMatch(/odd\.json: left out, because not understood: 1 of its facts\.$/m)
  })
})

describe('what cannot be done is one sentence, and exit code 2', () => {
  test.each([
    [[], 'No command was given. Try contextvars-devtools --help.'],
    [['explode'], 'There is no command “explode”. Try contextvars-devtools --help.'],
    [['report'], 'report takes exactly one file. Try contextvars-devtools --help.'],
    [['report', 'a', 'b'], 'report takes exactly one file. Try contextvars-devtools --help.'],
    [
      ['report', 'a', '--format', 'pdf'],
      'There is no --format “pdf”: use text, markdown, md, json, trace, py, ts or html.',
    ],
    [['report', 'a', '--colour'], 'There is no option “--colour”. Try contextvars-devtools --help.'],
    [['report', 'a', '--colour=red'], 'There is no option “--colour”. Try contextvars-devtools --help.'],
    [['report', 'a', '-v'], 'There is no option “-v”. Try contextvars-devtools --help.'],
    [['report', 'a', '--format'], '--format needs to know which: use text, markdown, md, json, trace, py, ts or html.'],
    [['report', 'a', '--fail-on', 'note'], 'There is no --fail-on “note”: use warning, error or info.'],
    [
      ['report', 'a', '--also', 'all'],
      'There is no --also “all”: use outlived-value, listener-elsewhere or without-effect.',
    ],
    [['report', '/no/such/file'], '/no/such/file: there is no such file.'],
    [['report', tmpdir()], `${tmpdir()}: this is a folder.`],
  ])('%j', async (args, sentence) => {
    const { code, out, error } = await command(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toBe(`${sentence}\n`)
  })

  test('a file that is no recording, or a broken archive', async () => {
    const text = await command('report', await file('notes.txt', 'hello'))
    expect(text.code).toBe(2)
    expect(text.error).toMatch(/notes\.txt: This is no recording: not JSON/)
    const archive = await command('report', await file('half.gz', gzipSync(clean).subarray(0, 40)))
    expect(archive.code).toBe(2)
    expect(archive.error).toMatch(/half\.gz: Its compressed data is damaged\./)
  })
})

test('help', async () => {
  const { code, out } = await command('--help')
  expect(code).toBe(0)
  expect(out).toMatch(/^Usage: contextvars-devtools report/)
})

test('version', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'))
  const { code, out } = await command('--version')
  expect({ code, out }).toEqual({ code: 0, out: `${version}\n` })
})
