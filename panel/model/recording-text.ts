// What was recorded, as a file's text; `recording` reads it.

import { type Mute, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from '../../runtime/protocol'
import { type Excerpt, recordingOfAll } from './excerpt'
import { defaultRedaction, type Redaction, redact } from './redact'
import { Timeline } from './timeline'

/** Values are redacted by the default rules, by others, or (`null`) not at all. */
export interface RecordingOptions {
  redaction?: Redaction | null
  /** What was muted in it. */
  mutes?: readonly Mute[]
}

export function toRecording(
  of: Timeline | Excerpt,
  page: Recording['page'],
  toolVersion: string,
  { redaction = defaultRedaction, mutes = [] }: RecordingOptions = {},
): Recording {
  const { facts, stacks, cut } = of instanceof Timeline ? recordingOfAll(of) : of
  const recording: Recording = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    tool: { name: 'contextvars-devtools', version: toolVersion },
    page,
    options: { redacted: false, ...(cut === null ? {} : { cut }) },
    ...(mutes.length > 0 ? { mutes: [...mutes] } : {}),
    facts: [...facts],
    stacks: { ...stacks },
  }
  return redaction === null ? recording : redact(recording, redaction)
}

/**
 * As JSON with each fact on a line of its own, for people and for what compares lines. (Within a text of JSON no quotation mark follows a
 * brace but by a backslash, and only facts begin with their number.)
 */
export const recordingText = (recording: Recording): string =>
  JSON.stringify(recording).replaceAll('{"seq":', '\n{"seq":')
