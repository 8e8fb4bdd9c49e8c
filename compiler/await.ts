// Compiles `await` so that the runtime sees each. By the specification `await x` first makes a native promise of what is none;
// where the module does that itself, in the very same way, value, order and number of ticks stay what they are, and what is
// awaited is always a native promise, whose `constructor` the engine reads (runtime/async/native-await.ts).

import { MagicString } from 'magic-string'

/** A node of a syntax tree as ESTree has them, with offsets into the code. */
export interface SyntaxNode {
  type: string
  start: number
  end: number
}

interface Operation extends SyntaxNode {
  async?: boolean
  generator?: boolean
  delegate?: boolean
  argument?: SyntaxNode | null
}

export interface Compiled {
  code: string
  /** The source map, as JSON. */
  map: string
}

const NAME = '__contextvars_seen'

/**
 * Comes with each module, so that there is nothing to resolve: a classic script, a worker and CommonJS have it, too. A
 * declaration, so that it is there when a circular import calls before the module ran. Returning from an async function is
 * the one way to a native promise that nothing in a page can replace; a native promise is as it should be.
 */
const seen = `
function ${NAME}(value) {
  ${NAME}.native ??= Object.getPrototypeOf((async () => {})())
  const isNative = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === ${NAME}.native
  return isNative ? value : (async () => value)()
}
`

/** The code with every await made visible, or null if there is none, or they are visible already. */
export function compileModule(code: string, program: SyntaxNode): Compiled | null {
  const found = code.includes(NAME) ? [] : unseenAwaits(program)
  if (found.length === 0) return null
  const text = new MagicString(code)
  // An inner one may end where an outer one does: its bracket comes first.
  for (const { type, start, end, argument } of found.reverse()) {
    const afterKeyword = start + (type === 'ReturnStatement' ? 'return' : 'await').length
    // Not where the argument ends: a parenthesis around it is no part of it.
    const afterArgument = code[end - 1] === ';' ? end - 1 : end
    text.appendLeft(afterKeyword, ` ${NAME}(`)
    text.appendLeft(argument ? afterArgument : afterKeyword, ')')
  }
  text.append(seen)
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary', includeContent: true }).toString() }
}

/** What awaits something that may be no native promise; the outer before the inner. */
function unseenAwaits(program: SyntaxNode): Operation[] {
  const found: Operation[] = []
  const pending: [node: Operation, inAsyncGenerator: boolean][] = [[program, false]]
  for (const [node, around] of pending) {
    const isFunction = /^(Function|ArrowFunction)/.test(node.type)
    const inAsyncGenerator = isFunction ? node.async === true && node.generator === true : around
    if (awaits(node, inAsyncGenerator)) found.push(node)
    for (const child of Object.values(node).flat()) if (isNode(child)) pending.push([child, inAsyncGenerator])
  }
  return found
}

function awaits(node: Operation, inAsyncGenerator: boolean): boolean {
  switch (node.type) {
    case 'AwaitExpression':
      // A native promise for certain; and bundlers look for these very words.
      return node.argument?.type !== 'ImportExpression'
    case 'YieldExpression':
      return inAsyncGenerator && node.delegate !== true
    case 'ReturnStatement':
      return inAsyncGenerator && node.argument != null
    default:
      return false
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
