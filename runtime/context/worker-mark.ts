// How a worker of a recorded page finds its recorder: the page that made it without a name gave it one that ends in the recorder's
// address. The name, since a module worker with another address than its own file's would run twice where one of its chunks imports
// that file; and since nothing that is said of a worker's code, stacks among it, speaks of its name.

/** The name of a worker that has none. `label` is what DevTools shows of it. */
export const markedName = (label: string, address: string): string => `${label}#contextvars=${address}`

interface Scope {
  name?: string
  readonly origin: string
  readonly importScripts?: (address: string) => void
}

/** In a worker that is recorded: takes the name away, and starts the recorder. Elsewhere there is no mark, and nothing is done. */
export function joinRecording(): void {
  const scope = globalThis as unknown as Scope
  const [, address = ''] = /#contextvars=(.+)/.exec(`${scope.importScripts && scope.name}`) ?? []
  // Only a page of this origin can make such an address.
  if (!address.startsWith(`blob:${scope.origin}/`)) return
  try {
    scope.name = ''
    scope.importScripts?.(address)
  } catch (error) {
    // A module worker says so, and can only load it later; anything else is a policy that refuses it either way.
    if (error instanceof TypeError) import(/* @vite-ignore */ /* webpackIgnore: true */ address).catch(() => {})
  }
}
