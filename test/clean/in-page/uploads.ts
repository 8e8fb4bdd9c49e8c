// Uploads: a batch has its name and its group in one block, which the engine itself leaves in order, awaits included; what fails ends the batch.

import { ContextVar } from 'contextvars-devtools'
import { createTask, TaskGroup } from 'contextvars-devtools/async'
import { failure, type Program, sleep } from '../program'

const batch = new ContextVar<string>('uploadBatch', { default: 'none' })
const progress = new ContextVar<Map<string, number> | null>('uploadProgress', { default: null })

const log: string[] = []

async function upload(file: Blob, name: string, signal: AbortSignal): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  for (let sent = 0; sent < bytes.length; sent += 2) {
    await sleep()
    signal.throwIfAborted()
    if (bytes[sent] === 0x21) throw new Error(`${name} of ${batch.get()} is refused`)
    progress.get()?.set(name, Math.min(sent + 2, bytes.length))
  }
  log.push(`${name} of ${batch.get()}`)
}

/** A temporary place on the server, for as long as the batch takes. */
async function place(name: string): Promise<AsyncDisposable> {
  await sleep()
  return {
    async [Symbol.asyncDispose]() {
      await sleep()
      log.push(`${name} is cleared for ${batch.get()}`)
    },
  }
}

async function uploadAll(name: string, files: string[]): Promise<Record<string, number>> {
  const sent = new Map<string, number>()
  {
    using _batch = batch.set(name)
    await using _place = await place(name)
    using _progress = progress.set(sent)
    await using group = new TaskGroup()
    for (const [index, text] of files.entries()) {
      group.createTask(() => upload(new Blob([text]), `file ${index + 1}`, group.signal))
    }
  }
  log.push(`left ${name} for ${batch.get()}`)
  return Object.fromEntries(sent)
}

export const program: Program = {
  async run() {
    const work = createTask(() => uploadAll('photos', ['abc', 'defgh'])).result
    const letters = await uploadAll('letters', ['x'])
    const photos = await work
    const refused = await failure(() => uploadAll('bad', ['ok', '!']))
    return { letters, photos, refused: refused.replace(/^.*, Error: /, ''), batch: batch.get(), log: log.sort() }
  },
  comesTo: {
    letters: { 'file 1': 1 },
    photos: { 'file 1': 3, 'file 2': 5 },
    refused: 'file 2 of bad is refused',
    batch: 'none',
    log: [
      'bad is cleared for bad',
      'file 1 of bad',
      'file 1 of letters',
      'file 1 of photos',
      'file 2 of photos',
      'left letters for none',
      'left photos for none',
      'letters is cleared for letters',
      'photos is cleared for photos',
    ],
  },
}
