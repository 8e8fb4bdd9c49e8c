// How the panel says times, counts and states: one way each, wherever they appear.

import type { ContextKind, RecordingLevel } from '../../runtime/protocol'
import type { Severity } from '../model/finding'
import { grouped } from '../model/selectors/grouped'
import type { TreeRow } from '../model/selectors/tree'
import type { Road } from '../session/road'
import type { LiveReply } from '../session/session'

export { grouped } from '../model/selectors/grouped'
export { duration, moment } from '../model/selectors/times'

/** `1 open token`, `2 open tokens` */
export function count(many: number, one: string, several = `${one}s`): string {
  return `${grouped(many)} ${many === 1 ? one : several}`
}

/** The time on the wall: `14:03:22`. */
export function wallTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB')
}

/** `21 Nov 2026, 14:03`, of an ISO 8601 time; what is none is left as it is. */
export function dateAndTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** `2.1`, `64` */
export function megabytes(bytes: number): string {
  const many = bytes / 2 ** 20
  return many.toFixed(many < 10 && !Number.isInteger(many) ? 1 : 0)
}

/** `2.1 of 64 MB` */
export const memoryWords = ({ log }: Pick<Road, 'log'>): string | null =>
  log === null ? null : `${megabytes(log.bytes)} of ${megabytes(log.capacity)} MB`

/** `asked 4×/s`, `asked every 5 s`, `reading 120,000 of 1,000,000` */
export function paceWords({ pace }: Pick<Road, 'pace'>): string | null {
  if (pace === null) return null
  if (pace.state === 'reading') return `reading ${grouped(pace.read)} of ${grouped(pace.last)}`
  if (pace.wait > 1_000) return `asked every ${Math.round(pace.wait / 1_000)} s`
  return `asked ${Math.round(1_000 / Math.max(pace.wait, 10))}×/s`
}

/** `a`, `a and b`, `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** What came of a question about what lives now. */
export function liveWords(reply: LiveReply): string {
  switch (reply.state) {
    case 'stored':
      return `Stored as ${reply.name}`
    case 'not-stored':
      return 'The page lets nothing be added to its global object.'
    case 'printed':
      return 'Printed in the Console'
    case 'gone':
      return goneWords[reply.what]
    case 'cannot':
      return reply.why
    case 'value':
      return reply.value.text
  }
}

const goneWords: Record<Extract<LiveReply, { state: 'gone' }>['what'], string> = {
  document: 'The document is gone: what was recorded is all there is.',
  context: 'The context is gone: what was recorded is all there is.',
  variable: 'The context does not hold it any more.',
  place: 'It is not there any more.',
}

export const kindWords: Record<ContextKind, string> = {
  base: 'base context',
  copy: 'copy',
  new: 'new, empty context',
  task: 'task',
  callback: 'callback',
  restored: 'restored from data',
  unknown: 'older than the recording',
}

/** What it is: mostly its kind. */
export const whatWords = ({ kind, what }: { kind: ContextKind; what: string }): string =>
  what === kind ? kindWords[kind] : what

export const stateTitles: Record<TreeRow['state'], string | undefined> = {
  alive: undefined,
  left: 'Its function has returned. One that is async goes on here after its awaits; nothing told of that so far.',
  'may-go-on':
    'Its function has returned, but not for good, it seems: it went on here afterwards, or somebody waits for its promise. When that settles is not told.',
  ended: undefined,
  collected: undefined,
}

export const severityWords: Record<Severity, { one: string; several: string }> = {
  error: { one: 'error', several: 'errors' },
  warning: { one: 'warning', several: 'warnings' },
  info: { one: 'note', several: 'notes' },
}

export const notRecordedWhy =
  'Stacks were sampled or switched off here, so that recording stays cheap: which line it was is not known.'

/** `stacks of 1 fact in 16, because all of them took too much of the page’s time`; nothing where every fact has its stack. */
export function levelWords(level: RecordingLevel | null): string | null {
  if (level === null || level.stacks === 'all') return null
  if (level.stacks === 'none') return 'no stacks'
  const why = level.why === 'budget' ? ', because all of them took too much of the page’s time' : ''
  return `stacks of 1 fact in ${grouped(level.every)}${why}`
}
