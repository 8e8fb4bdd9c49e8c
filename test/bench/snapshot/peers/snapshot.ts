// What it takes to write a large recording to a file and to open it again, beside plain JSON of the same facts.

import { parseRecording } from '../../../../panel/model/recording'
import { readRecordingText } from '../../../../panel/model/recording-file'
import { treeRows } from '../../../../panel/model/selectors/tree'
import { Timeline } from '../../../../panel/model/timeline'
import { EVERYTHING, exportedFile, gzipped } from '../../../../panel/session/export'
import { closedFeed } from '../../../../panel/session/feed'
import type { Fact } from '../../../../runtime/protocol'
import { FACTS_OF_A_REQUEST, Page } from '../../rules/page'

async function took<Value>(work: () => Value | Promise<Value>): Promise<{ ms: number; value: Value }> {
  const begin = performance.now()
  const value = await work()
  return { ms: performance.now() - begin, value }
}

/** Writes a recording, and leaves nothing of it behind but the file. */
async function write(count: number) {
  const page = new Page()
  const facts: Fact[] = page.opening()
  while (facts.length < count) for (const fact of page.request()) facts.push(fact)
  const timeline = new Timeline({ bytes: Number.POSITIVE_INFINITY })
  timeline.append(facts, page.stacks)
  const of = {
    timeline,
    page: { url: 'https://shop.example/', title: 'Shop', exported: '2026-03-01T12:30:00.000Z' },
    mutes: [],
    also: [],
    cut: null,
    toolVersion: '1',
    reportPage: null,
  }
  const written = await took(async () => {
    const made = await exportedFile(of, EVERYTHING)
    if (!made.ok) throw new Error(made.error)
    return made.value.text
  })
  const packed = await took(() => gzipped(written.value))
  // Whoever has no table of stacks writes each where it belongs.
  const inline = facts.map((fact) =>
    'stack' in fact && fact.stack !== null ? { ...fact, stack: page.stacks[fact.stack] } : fact,
  )
  const naive = JSON.stringify(inline).length
  const stringified = await took(() => JSON.stringify(facts))
  const reparsed = await took(() => JSON.parse(stringified.value))
  return {
    file: packed.value,
    facts: facts.length,
    sizes: { text: written.value.length, packed: packed.value.size, naive },
    ms: { written: written.ms, packed: packed.ms, stringified: stringified.ms, reparsed: reparsed.ms },
  }
}

/** Opens it, as a panel does that has nothing else. */
async function read(file: Blob) {
  const unpacked = await took(() => readRecordingText(file))
  if (!unpacked.value.ok) throw new Error(unpacked.value.error)
  const { text } = unpacked.value
  const parsed = await took(() => parseRecording(text))
  if (!parsed.value.ok) throw new Error(parsed.value.error)
  const { recording } = parsed.value
  // In turns between which a person has theirs, rules included.
  const takenIn = await took(() => closedFeed(recording))
  const { timeline } = takenIn.value
  const shown = await took(() => treeRows(timeline.head, [], { collapsed: new Set(), hideEnded: false, query: '' }))
  return {
    rows: shown.value.length,
    kept: timeline.facts.length,
    ms: { unpacked: unpacked.ms, parsed: parsed.ms, takenIn: takenIn.ms, shown: shown.ms },
  }
}

declare const gc: (() => void) | undefined

Reflect.set(globalThis, 'bench', async (count: number) => {
  const { file, facts, sizes, ms } = await write(count)
  if (typeof gc !== 'undefined') gc()
  const opened = await read(file)
  return {
    facts,
    contexts: Math.round(facts / FACTS_OF_A_REQUEST),
    rows: opened.rows,
    kept: opened.kept,
    sizes,
    ms: { ...ms, ...opened.ms },
  }
})
