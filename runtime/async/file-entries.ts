// Entries of a file system: what `webkitGetAsEntry` makes of what was dropped, and what is found from there. Chromium has no
// global names for their interfaces, so a prototype is followed when the page is about to meet the first thing that has it.

import { follow, isObject } from './hand-over'
import { getOwnPropertyDescriptor } from './natives'
import { prototypeOf, together } from './replace'

/** Where the callbacks of their methods are. */
const METHODS: Record<string, readonly number[]> = {
  createReader: [],
  readEntries: [0, 1],
  file: [0, 1],
  getFile: [2, 3],
  getDirectory: [2, 3],
  getParent: [0, 1],
  getMetadata: [0, 1],
  createWriter: [0, 1],
  copyTo: [2, 3],
  moveTo: [2, 3],
  remove: [0, 1],
  removeRecursively: [0, 1],
}

/** Not the prototype of all objects, on which a page may have methods of these names. */
const isOfTheHost = (prototype: object | null): prototype is object =>
  prototype !== null && getOwnPropertyDescriptor(prototype, Symbol.toStringTag) !== undefined

/** Begins to carry contexts into what entries are given; returns what ends it. */
export function followFileEntries(): () => void {
  const undo: (() => void)[] = []
  const known = new Set<object>()
  const meet = (given: unknown): void => {
    if (Array.isArray(given)) for (const each of given) meet(each)
    else if (isObject(given)) followAll(given)
  }
  const followAll = (given: object): void => {
    if ('root' in given) meet(given.root)
    for (
      let prototype = Reflect.getPrototypeOf(given);
      isOfTheHost(prototype);
      prototype = Reflect.getPrototypeOf(prototype)
    ) {
      if (known.has(prototype)) return
      known.add(prototype)
      try {
        for (const [name, callbacks] of Object.entries(METHODS)) undo.push(follow(prototype, { name, callbacks, meet }))
      } catch {
        // Somebody froze it: it is left alone.
      }
    }
  }
  undo.push(
    together([
      () => follow(prototypeOf('DataTransferItem'), { name: 'webkitGetAsEntry', meet }),
      () => follow(globalThis, { name: 'webkitRequestFileSystem', callbacks: [2, 3], meet }),
      () => follow(globalThis, { name: 'webkitResolveLocalFileSystemURL', callbacks: [1, 2], meet }),
    ]),
  )
  return () => {
    for (const end of undo) end()
  }
}
