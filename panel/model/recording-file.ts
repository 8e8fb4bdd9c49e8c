// A file that somebody chose, from bytes to text, and back: unpacked where it is gzipped, and refused in a sentence where it cannot be the
// text of a recording.

import { LARGEST_FILE } from './limits'

export type RecordingText = { ok: true; text: string } | { ok: false; error: string }

export async function readRecordingText(file: Blob, largest = LARGEST_FILE): Promise<RecordingText> {
  const packed = await isGzip(file).catch(() => null)
  if (packed === null) return refuse('It could not be read: it is a folder, or is not there any more.')
  const bytes = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const text = new TextDecoder('utf-8', { fatal: true })
  const reader = bytes.getReader()
  const pieces: string[] = []
  for (let size = 0; ; ) {
    const read = await reader.read().catch(() => null)
    if (read === null) return refuse(packed ? 'Its compressed data is damaged.' : 'It could not be read to its end.')
    size += read.value?.length ?? 0
    const piece = size > largest ? null : decode(text, read.value)
    if (piece === null) {
      // What is left of it is not worth reading, whatever becomes of it.
      reader.cancel().catch(() => {})
      return refuse(size > largest ? tooLarge(packed, largest) : 'This is no recording: binary data.')
    }
    pieces.push(piece)
    if (read.done) return { ok: true, text: pieces.join('') }
  }
}

/** A text, gzipped. */
export function gzipped(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

/** The next piece of the text, or with no bytes its end; null if this is none. JSON has no zeros, and most that is not text has. */
function decode(text: TextDecoder, bytes: Uint8Array | undefined): string | null {
  try {
    const piece = bytes === undefined ? text.decode() : text.decode(bytes, { stream: true })
    return piece.includes('\0') ? null : piece
  } catch {
    return null
  }
}

function tooLarge(packed: boolean, largest: number): string {
  const megabytes = Math.round(largest / 2 ** 20)
  return `It ${packed ? 'unpacks to' : 'holds'} more than ${megabytes} MB, which cannot be opened.`
}

function refuse(error: string): RecordingText {
  return { ok: false, error }
}
