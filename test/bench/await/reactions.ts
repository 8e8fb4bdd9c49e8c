// Counts what runs in the microtask queue by way of `then` and `queueMicrotask`. Imported before the runtime, which takes both of
// them when it is loaded and works with what it took. (`await` calls neither: of itself it counts nothing.)

const { then } = Promise.prototype
const { queueMicrotask, setTimeout } = globalThis

let ran = 0

function counted(reaction: unknown): unknown {
  if (typeof reaction !== 'function') return reaction
  return function (this: unknown, ...args: unknown[]): unknown {
    ran++
    return Reflect.apply(reaction, this, args)
  }
}

// biome-ignore lint/suspicious/noThenProperty: that is what is counted
Promise.prototype.then = function (this: Promise<unknown>, fulfilled: unknown, rejected: unknown) {
  return Reflect.apply(then, this, [counted(fulfilled), counted(rejected)])
} as typeof then
globalThis.queueMicrotask = (callback) => queueMicrotask(counted(callback) as () => void)

/** How many ran until `work` was done and the queue empty. */
async function during(work: () => unknown): Promise<number> {
  const before = ran
  await work()
  await new Promise((resolve) => setTimeout(resolve))
  return ran - before
}

/** How many each time of a loop adds. What only its start and its end take is in both counts, and so in neither. */
export async function perTime(loop: (times: number) => unknown): Promise<number> {
  // The first time of all may set something up.
  await during(() => loop(1))
  const few = await during(() => loop(100))
  const many = await during(() => loop(1_100))
  return (many - few) / 1_000
}
