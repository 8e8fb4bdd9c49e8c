// What it takes to write a large recording to a file and to open it again, beside plain JSON of the same facts.

import { parseRecording } from '../../../../panel/model/recording'
import { judge } from '../../../../panel/model/rules'
import { treeRows } from '../../../../panel/model/selectors/tree'
import { Timeline } from '../../../../panel/model/timeline'
import { EVERYTHING, exportedFile, gzipped } from '../../../../panel/session/export'
import { readRecordingText } from '../../../../panel/session/recording-file'
import type { Fact } from '../../../../runtime/protocol'
import { FACTS_OF_A_REQUEST, Page } from '../../rules/page'

async function took<Value>(work: () => Value | Promise<Value>): Promise<{ ms: number; value: Value }> {
  const begin = performance.now()
  const value = await work()
  return { ms: performance.now() - begin, value }
}

Reflect.set(globalThis, 'bench', async (count: number) => {
  const page = new Page()
  const facts: Fact[] = page.opening()
  while (facts.length < count) for (const fact of page.request()) facts.push(fact)
  const timeline = new Timeline({ bytes: Number.POSITIVE_INFINITY })
  timeline.append(facts, page.stacks)
  const of = {
    timeline,
    page: { url: 'https://shop.example/', title: 'Shop', exported: '2026-03-01T12:30:00.000Z' },
    mutes: [],
    toolVersion: '1',
    reportPage: null,
  }

  const written = await took(async () => {
    const made = await exportedFile(of, EVERYTHING)
    if (!made.ok) throw new Error(made.error)
    return made.value.text
  })
  const packed = await took(() => gzipped(written.value))
  const unpacked = await took(() => readRecordingText(packed.value))
  if (!unpacked.value.ok) throw new Error(unpacked.value.error)
  const { text } = unpacked.value
  const parsed = await took(() => parseRecording(text))
  if (!parsed.value.ok) throw new Error(parsed.value.error)
  const { recording } = parsed.value
  const opened = new Timeline()
  const takenIn = await took(() => opened.append(recording.facts, recording.stacks))
  const shown = await took(() => treeRows(opened.head, [], { collapsed: new Set(), hideEnded: false, query: '' }))
  const judged = await took(() => judge(opened.head))

  // Whoever has no table of stacks writes each where it belongs.
  const inline = facts.map((fact) =>
    'stack' in fact && fact.stack !== null ? { ...fact, stack: page.stacks[fact.stack] } : fact,
  )
  const naive = await took(() => JSON.stringify(inline))
  const stringified = await took(() => JSON.stringify(facts))
  const reparsed = await took(() => JSON.parse(stringified.value))
  return {
    facts: facts.length,
    contexts: Math.round(facts.length / FACTS_OF_A_REQUEST),
    rows: shown.value.length,
    kept: opened.facts.length,
    sizes: { text: text.length, packed: packed.value.size, naive: naive.value.length },
    ms: {
      written: written.ms,
      packed: packed.ms,
      unpacked: unpacked.ms,
      parsed: parsed.ms,
      takenIn: takenIn.ms,
      shown: shown.ms,
      judged: judged.ms,
      stringified: stringified.ms,
      reparsed: reparsed.ms,
    },
  }
})
