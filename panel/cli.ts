#!/usr/bin/env node
// The panel's model as a command: what a recording shows and what is wrong in it, without a screen. Its exit code makes it a check:
// 0 for no problems (notes are none, nor is what was muted), 1 for problems, 2 for input that could not be read.

import { createReadStream, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Recording } from '../runtime/protocol'
import type { RuleId, Severity } from './model/finding'
import { LARGEST_FILE } from './model/limits'
import { parseRecording } from './model/recording'
import { type RecordingText, readRecordingText } from './model/recording-file'
import { reportHtml } from './model/report/html'
import { reportJson } from './model/report/json'
import { reportMarkdown } from './model/report/markdown'
import { pythonTests } from './model/report/repro-python'
import { typescriptTests } from './model/report/repro-typescript'
import { type Reproduction, reproductionOf } from './model/report/reproduction'
import { reportText } from './model/report/text'
import { traceReport } from './model/report/trace'
import { type Judging, judge, rulesOnRequest } from './model/rules'
import { inOrder, Timeline } from './model/timeline'

const USAGE = `Usage: contextvars-devtools report <file.ctxsnap.json[.gz]> [--format FORMAT] [--fail-on SEVERITY] [--also RULE]
       contextvars-devtools --version

Prints what a recording shows: the tree of contexts with their values, and the problems in it.
The file - is what comes in by a pipe.

  --format    text (default), markdown (or md) for an issue, json for programs,
              trace for https://ui.perfetto.dev and chrome://tracing,
              html for the panel with the recording in it, in one file,
              py and ts for a test that makes each problem again
  --fail-on   warning (default), error or info (notes, too): the mildest problem that counts
  --also      outlived-value, listener-elsewhere or without-effect, each by an --also of its own:
              what is told only on request, and then counts, too

Exit code: 0 no problem that counts, 1 some, 2 the file could not be read.
What was muted in the recording is told apart, and does not count.
`

export interface Terminal {
  out(text: string): void
  error(text: string): void
  /** What it is at, for somebody who waits; empty at its end. Not given where nobody looks. */
  progress?(words: string): void
}

/** Runs one command and answers with its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const command = parseCommand(args)
  if (command.do === 'explain') {
    terminal.out(USAGE)
    return 0
  }
  if (command.do === 'tell-version') {
    terminal.out(`${await ownVersion()}\n`)
    return 0
  }
  if (command.do === 'refuse') return refuse(command.why)
  terminal.progress?.('reading')
  const read = await readText(command.file)
  if (!read.ok) return refuse(`${command.file}: ${read.error}`)
  const parsed = parseRecording(read.text)
  terminal.progress?.('')
  if (!parsed.ok) return refuse(`${command.file}: ${parsed.error}`)
  if (parsed.ignored > 0)
    terminal.error(`${command.file}: left out, because not understood: ${parsed.ignored} of its facts.\n`)
  return report(parsed.recording, command, terminal)

  function refuse(why: string): 2 {
    terminal.error(`${why}\n`)
    return 2
  }
}

async function report(recording: Recording, { format, failOn, also }: Asked, terminal: Terminal): Promise<0 | 1> {
  const timeline = takenIn(recording, terminal)
  const { mutes = [] } = recording
  terminal.progress?.('writing the report')
  const text = await FORMATS[format](recording, timeline, also)
  terminal.progress?.('')
  terminal.out(text)
  const { findings } = judge(timeline.head, { mutes, also })
  return findings.some(({ severity, rule }) => FAILS[failOn].has(severity) || also.includes(rule)) ? 1 : 0
}

/** Facts between two words of progress. */
const PORTION = 50_000

function takenIn({ facts, stacks }: Recording, terminal: Terminal): Timeline {
  const timeline = new Timeline()
  const ordered = inOrder(facts)
  timeline.append([], stacks)
  for (let start = 0; start < ordered.length; start += PORTION) {
    terminal.progress?.(`taking in ${Math.round((100 * start) / ordered.length)} %`)
    timeline.append(ordered.slice(start, start + PORTION), {}, start + PORTION < ordered.length)
  }
  return timeline
}

type Write = (recording: Recording, timeline: Timeline, also: readonly RuleId[]) => string | Promise<string>

const markdown: Write = (recording, { head }, also) => reportMarkdown(head, recording, also)

const FORMATS = {
  text: ({ mutes }, { head }, also) => reportText(head, mutes, also),
  markdown,
  md: markdown,
  json: ({ page, mutes }, { head }, also) => reportJson(head, page, mutes, also),
  trace: ({ page, mutes }, timeline, also) => traceReport(timeline, page, mutes, also),
  py: ({ mutes = [] }, timeline, also) => pythonTests(reproductions(timeline, { mutes, also })),
  ts: ({ mutes = [] }, timeline, also) => typescriptTests(reproductions(timeline, { mutes, also })),
  html: async (recording, _, also) => reportHtml(await beside('report-page.html'), recording, also),
} satisfies Record<string, Write>

/** Of each problem that a few lines show. */
function reproductions(timeline: Timeline, judging: Judging): Reproduction[] {
  return judge(timeline.head, judging).findings.flatMap((finding) => {
    const made = reproductionOf(timeline, finding)
    return made.ok ? [made.reproduction] : []
  })
}

const FAILS = {
  warning: new Set<Severity>(['warning', 'error']),
  error: new Set<Severity>(['error']),
  info: new Set<Severity>(['info', 'warning', 'error']),
}

const ON_REQUEST = Object.fromEntries(rulesOnRequest.map(({ id }) => [id, true])) as Record<RuleId, true>

interface Asked {
  format: keyof typeof FORMATS
  failOn: keyof typeof FAILS
  also: readonly RuleId[]
}

type Command =
  | ({ do: 'report'; file: string } & Asked)
  | { do: 'explain' }
  | { do: 'tell-version' }
  | { do: 'refuse'; why: string }

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string', default: 'warning' },
  also: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

function parseCommand(args: readonly string[]): Command {
  const hint = 'Try contextvars-devtools --help.'
  const refuse = (why: string): Command => ({ do: 'refuse', why })
  // Not strict: what is wrong is said here, in one sentence.
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const mistyped = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(OPTIONS, token.name))
  if (mistyped?.kind === 'option') return refuse(`There is no option “${mistyped.rawName}”. ${hint}`)
  if (values.help !== undefined) return { do: 'explain' }
  if (values.version !== undefined) return { do: 'tell-version' }
  const [command, file, ...rest] = positionals
  if (command === undefined) return refuse(`No command was given. ${hint}`)
  if (command !== 'report') return refuse(`There is no command “${command}”. ${hint}`)
  if (file === undefined || rest.length > 0) return refuse(`report takes exactly one file. ${hint}`)
  const format = choice('format', values.format, FORMATS)
  const failOn = choice('fail-on', values['fail-on'], FAILS)
  if ('why' in format) return refuse(format.why)
  if ('why' in failOn) return refuse(failOn.why)
  const also: RuleId[] = []
  for (const value of [values.also ?? []].flat()) {
    const rule = choice('also', value, ON_REQUEST)
    if ('why' in rule) return refuse(rule.why)
    also.push(rule.chosen)
  }
  return { do: 'report', file, format: format.chosen, failOn: failOn.chosen, also }
}

/** What was chosen of `choices` by an option, or why nothing was, in one sentence. */
function choice<Choice extends string>(
  option: string,
  value: unknown,
  choices: Readonly<Record<Choice, unknown>>,
): { chosen: Choice } | { why: string } {
  const names = Object.keys(choices)
  const use = `use ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ')}.`
  if (typeof value !== 'string') return { why: `--${option} needs to know which: ${use}` }
  return Object.hasOwn(choices, value)
    ? { chosen: value as Choice }
    : { why: `There is no --${option} “${value}”: ${use}` }
}

/** What was built beside this file; from its source, in the folder of what is built. */
async function beside(name: string): Promise<string> {
  const here = new URL(import.meta.url)
  return readFile(new URL(here.pathname.endsWith('.ts') ? `../dist/${name}` : name, here), 'utf8')
}

/** The package's, which lies one folder above this file, built or not. */
async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(version)
}

/** Bytes that are read of a file at a time. */
const PIECE = 2 ** 20

async function readText(file: string): Promise<RecordingText> {
  try {
    const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: PIECE })
    return await readRecordingText(new Blob(await piecesOf(stream)))
  } catch (error) {
    return { ok: false, error: whyUnreadable(error) }
  }
}

/** No more than shows that it is too much: a pipe may have no end. */
async function piecesOf(stream: AsyncIterable<Buffer<ArrayBuffer>>): Promise<Buffer<ArrayBuffer>[]> {
  const read: Buffer<ArrayBuffer>[] = []
  let bytes = 0
  for await (const piece of stream) {
    read.push(piece)
    bytes += piece.length
    if (bytes > LARGEST_FILE) break
  }
  return read
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
      return 'there is no such file.'
    case 'EISDIR':
      return 'this is a folder.'
    case 'EACCES':
      return 'you may not read this file.'
    default:
      return `it could not be read (${error instanceof Error ? error.message : String(error)}).`
  }
}

const isProgram = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isProgram) {
  // Whoever pipes this into `head` has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`The report could not be written (${error.message}).\n`)
    process.exitCode = 2
  })
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    // In a pipe or a log nobody waits.
    ...(process.stderr.isTTY ? { progress: (words: string) => void process.stderr.write(`\r\x1b[K${words}`) } : {}),
  })
}
