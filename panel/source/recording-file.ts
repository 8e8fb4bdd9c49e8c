// A recording that was exported before, read as a source: everything at once, and then nothing more.

import { PROTOCOL_VERSION, type Recording } from '../../runtime/protocol'
import type { Source } from './source'

export function recordingFile(recording: Recording): Source {
  return {
    start(listener) {
      const last = recording.facts.at(-1)?.seq ?? 0
      const epoch = `${recording.page.url} ${recording.page.exported}`
      listener.epoch(epoch)
      listener.batch({
        protocol: PROTOCOL_VERSION,
        epoch,
        facts: recording.facts,
        stacks: recording.stacks,
        last,
        bytes: 0,
        capacity: 0,
      })
      listener.link({ state: 'closed' })
      return () => {}
    },
  }
}
