#!/usr/bin/env node
// The panel's model as a command: what a recording shows and what is wrong in it, without a screen. Its exit code makes it a check:
// 0 for no problems (notes are none, nor is what was muted), 1 for problems, 2 for input that could not be read.

import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Mute, Recording } from '../runtime/protocol'
import type { Severity } from './model/finding'
import { parseRecording } from './model/recording'
import { reportHtml } from './model/report/html'
import { reportJson } from './model/report/json'
import { reportMarkdown } from './model/report/markdown'
import { pythonTests } from './model/report/repro-python'
import { typescriptTests } from './model/report/repro-typescript'
import { type Reproduction, reproductionOf } from './model/report/reproduction'
import { reportText } from './model/report/text'
import { traceReport } from './model/report/trace'
import { judge } from './model/rules'
import { Timeline } from './model/timeline'

const USAGE = `Usage: contextvars-devtools report <file.ctxsnap.json[.gz]> [--format FORMAT] [--fail-on SEVERITY]
       contextvars-devtools --version

Prints what a recording shows: the tree of contexts with their values, and the problems in it.

  --format    text (default), markdown for an issue, json for programs,
              trace for https://ui.perfetto.dev and chrome://tracing,
              html for the panel with the recording in it, in one file,
              py and ts for a test that makes each problem again
  --fail-on   warning (default) or error: the mildest problem that counts

Exit code: 0 no problem that counts, 1 some, 2 the file could not be read.
What was muted in the recording is told apart, and does not count.
`

/** A small file can unpack to anything; more than this is no recording of ours. */
const LARGEST = 512 * 1024 * 1024

export interface Terminal {
  out(text: string): void
  error(text: string): void
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
  const read = await readText(command.file)
  if (!read.ok) return refuse(`${command.file}: ${read.error}`)
  const parsed = parseRecording(read.text)
  if (!parsed.ok) return refuse(`${command.file}: ${parsed.error}`)
  if (parsed.ignored > 0)
    terminal.error(`${command.file}: left out, because not understood: ${parsed.ignored} of its facts.\n`)
  return report(parsed.recording, command, terminal)

  function refuse(why: string): 2 {
    terminal.error(`${why}\n`)
    return 2
  }
}

async function report(recording: Recording, { format, failOn }: Asked, terminal: Terminal): Promise<0 | 1> {
  const timeline = new Timeline()
  timeline.append(recording.facts, recording.stacks)
  const { mutes = [] } = recording
  terminal.out(await FORMATS[format](recording, timeline))
  const { findings } = judge(timeline.head, { mutes })
  return findings.some(({ severity }) => FAILS[failOn].has(severity)) ? 1 : 0
}

type Write = (recording: Recording, timeline: Timeline) => string | Promise<string>

const FORMATS = {
  text: ({ mutes }, { head }) => reportText(head, mutes),
  markdown: ({ page, mutes }, { head }) => reportMarkdown(head, page, mutes),
  json: ({ page, mutes }, { head }) => reportJson(head, page, mutes),
  trace: ({ page, mutes }, timeline) => traceReport(timeline, page, mutes),
  py: ({ mutes }, timeline) => pythonTests(reproductions(timeline, mutes)),
  ts: ({ mutes }, timeline) => typescriptTests(reproductions(timeline, mutes)),
  html: async (recording) => reportHtml(await beside('report-page.html'), recording),
} satisfies Record<string, Write>

/** Of each problem that a few lines show. */
function reproductions(timeline: Timeline, mutes: readonly Mute[] = []): Reproduction[] {
  return judge(timeline.head, { mutes }).findings.flatMap((finding) => {
    const made = reproductionOf(timeline, finding)
    return made.ok ? [made.reproduction] : []
  })
}

const FAILS = {
  warning: new Set<Severity>(['warning', 'error']),
  error: new Set<Severity>(['error']),
}

interface Asked {
  format: keyof typeof FORMATS
  failOn: keyof typeof FAILS
}

type Command =
  | ({ do: 'report'; file: string } & Asked)
  | { do: 'explain' }
  | { do: 'tell-version' }
  | { do: 'refuse'; why: string }

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string', default: 'warning' },
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
  return { do: 'report', file, format: format.chosen, failOn: failOn.chosen }
}

/** What was chosen of `choices` by an option, or why nothing was, in one sentence. */
function choice<Choice extends string>(
  option: string,
  value: unknown,
  choices: Readonly<Record<Choice, unknown>>,
): { chosen: Choice } | { why: string } {
  const names = Object.keys(choices)
  const use = `use ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`
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

async function readText(file: string): Promise<{ ok: true; text: string } | { ok: false; error: string }> {
  try {
    const bytes = await readFile(file)
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    const plain = isGzip ? await promisify(gunzip)(bytes, { maxOutputLength: LARGEST }) : bytes
    return { ok: true, text: plain.toString('utf8').replace(/^\ufeff/, '') }
  } catch (error) {
    return { ok: false, error: whyUnreadable(error) }
  }
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
    case 'ERR_BUFFER_TOO_LARGE':
      return 'it unpacks to more than 512 MB, which no recording does.'
    default:
      return `it could not be read (${error instanceof Error ? error.message : String(error)}).`
  }
}

const isProgram = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isProgram) {
  // Whoever pipes this into `head` has read enough.
  process.stdout.on('error', () => {})
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  })
}
