// Whether each span has the parent that it should have, said as a sentence and drawn as a tree.

import type { InMemorySpanExporter, ReadableSpan } from '@opentelemetry/sdk-trace-web'

/** What a step is, and what it belongs to, as it says by hand. */
export const ID = 'desk.id'
export const PARENT = 'desk.parent'

export interface Verdict {
  /** The spans of files that the page has loaded are as many as there are files: they are drawn, and not counted. */
  counted: number
  right: number
  /** By the names of spans. */
  wrong: string[]
}

/** What others call a span by. */
const idOf = ({ attributes, name }: ReadableSpan): string => `${attributes[ID] ?? name}`

/** What a span belongs to; null for one that begins something. */
function expected({ attributes, name }: ReadableSpan): string | null {
  const said = attributes[PARENT]
  if (typeof said === 'string') return said
  for (const value of Object.values(attributes)) {
    const by = typeof value === 'string' && URL.canParse(value) ? new URL(value).searchParams.get('by') : null
    if (by !== null) return by
  }
  return name === 'documentFetch' || name === 'resourceFetch' ? 'documentLoad' : null
}

const byId = (spans: readonly ReadableSpan[]) => new Map(spans.map((span) => [span.spanContext().spanId, span]))

function isRight(span: ReadableSpan, all: ReadonlyMap<string, ReadableSpan>): boolean {
  const parent = all.get(span.parentSpanContext?.spanId ?? '')
  return (parent === undefined ? null : idOf(parent)) === expected(span)
}

export function judge(spans: readonly ReadableSpan[]): Verdict {
  const all = byId(spans)
  const counted = spans.filter(({ name }) => name !== 'resourceFetch')
  const wrong = counted.filter((span) => !isRight(span, all)).map(({ name }) => name)
  return { counted: counted.length, right: counted.length - wrong.length, wrong }
}

const milliseconds = ([seconds, nanos]: readonly [number, number]): number => seconds * 1000 + nanos / 1e6

let shown = 0

export function show(exporter: InMemorySpanExporter): void {
  const spans = exporter.getFinishedSpans()
  if (spans.length === shown) return
  shown = spans.length
  const all = byId(spans)
  const { counted, right } = judge(spans)
  const verdict = document.querySelector('#verdict')
  if (verdict !== null) verdict.textContent = `${right} of ${counted} spans have the right parent.`

  const below = new Map<ReadableSpan | undefined, ReadableSpan[]>()
  for (const span of spans) {
    const parent = all.get(span.parentSpanContext?.spanId ?? '')
    below.set(parent, [...(below.get(parent) ?? []), span])
  }
  const rows: HTMLLIElement[] = []
  const draw = (span: ReadableSpan, depth: number): void => {
    const row = document.createElement('li')
    row.style.setProperty('--depth', `${depth}`)
    row.append(part('name', span.name), part('time', `${Math.round(milliseconds(span.duration))} ms`))
    if (!isRight(span, all)) row.append(part('wrong', `belongs under ${expected(span) ?? 'nothing'}`))
    rows.push(row)
    for (const child of below.get(span) ?? []) draw(child, depth + 1)
  }
  for (const root of below.get(undefined) ?? []) draw(root, 0)
  document.querySelector('#spans')?.replaceChildren(...rows)
}

function part(className: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}
