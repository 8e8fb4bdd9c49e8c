// Asks the garbage collector, and waits for its answer.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Whether the object that `make` returns is taken by the collector once nobody but the code under test holds it. */
export async function collected(make: () => object): Promise<boolean> {
  const reference = new WeakRef(make())
  for (let attempt = 0; attempt < 20; attempt++) {
    // A WeakRef that was made or read keeps its target until the end of the task.
    await new Promise((resolve) => setImmediate(resolve))
    collect()
    if (reference.deref() === undefined) return true
  }
  return false
}
