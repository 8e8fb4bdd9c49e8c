// The panel without a screen: `contextvars-devtools report file.ctxsnap.json`.
// Exit codes: 0 nothing is wrong, 1 there are errors or warnings, 2 the input cannot be read.

import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { parseRecording } from './model/recording'
import { reportMarkdown } from './model/report/markdown'
import { reportText } from './model/report/text'
import { judge } from './model/rules'
import { Timeline } from './model/timeline'

const USAGE = `Usage: contextvars-devtools report <file.ctxsnap.json> [--format text|markdown]

Prints the context tree of a recording and its problems.
`

interface Command {
  file: string
  format: 'text' | 'markdown'
}

function parseArguments(words: readonly string[]): Command | string {
  const [verb, ...rest] = words
  if (verb !== 'report') return verb === undefined ? 'A command is missing.' : `There is no command "${verb}".`
  let format: Command['format'] = 'text'
  let file: string | undefined
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? ''
    if (word === '--format') {
      const given = rest[++index]
      if (given !== 'text' && given !== 'markdown') return `--format is text or markdown, not "${given ?? ''}".`
      format = given
    } else if (word.startsWith('-')) return `There is no option "${word}".`
    else if (file === undefined) file = word
    else return `One file at a time: "${word}" is one too many.`
  }
  return file === undefined ? 'The file is missing.' : { file, format }
}

/** The text of a file, unpacked where it is gzipped. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file)
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (gzipped ? gunzipSync(bytes) : bytes).toString('utf8')
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  const command = parseArguments(words)
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n\n${USAGE}`)
    return 2
  }
  let text: string
  try {
    text = await readText(command.file)
  } catch (error) {
    process.stderr.write(`${command.file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  const parsed = parseRecording(text)
  if (!parsed.ok) {
    process.stderr.write(`${command.file}: ${parsed.error}\n`)
    return 2
  }
  const { recording, ignored } = parsed
  if (ignored > 0) process.stderr.write(`${command.file}: ${ignored} facts were not understood and left out.\n`)
  const timeline = new Timeline()
  timeline.append(recording.facts, recording.stacks)
  const world = timeline.head
  process.stdout.write(command.format === 'markdown' ? reportMarkdown(world, recording.page) : reportText(world))
  return judge(world).findings.some(({ severity }) => severity !== 'info') ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
