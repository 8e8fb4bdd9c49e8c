// Closes a switch over a union: a member that is added later does not compile until it is handled.

export function assertUnreachable(value: never): never {
  throw new Error(`Not expected here: ${JSON.stringify(value)}`)
}
