// A person's own regular expression, which must not stop the panel: the engine's way of going back takes for ever with `(a+)+$`. Where one
// could, all ways are followed side by side here (as Thompson and Pike have it), in a time that grows with the length of the text alone.

import { type Edge, mayBeEmpty, type Tree, treeOf, waysOf } from './pattern-tree'

/**
 * `take` a character and `stand` at an edge before the next step, or `fork` to others, the preferred first. What is repeated more often
 * than it has to be must not be empty: a character is taken between its `begin` and its `end`. So no way comes back to where it was.
 */
type Step =
  | { do: 'take'; fits: (character: string) => boolean }
  | { do: 'stand'; at: Edge }
  | { do: 'fork'; to: number[] }
  | { do: 'begin' }
  | { do: 'end' }
  | { do: 'found' }

/** With fewer ways the engine is as quick as it gets. */
const FEW_WAYS = 32
/** Counted repetitions are written out. */
const MOST_STEPS = 1_000
/** Repetitions of what may be empty, each in the next, since a step is come to by so many sorts of ways. */
const MOST_LEVELS = 8

/** Why there is none of one, to be said behind its name. */
export const UNBOUNDED = 'could take for ever, with what looks ahead or behind, refers back or is repeated very often'

/** Null where it asks for what takes going back, or would be too large; throws where it is none. */
export function boundedPattern(source: string, flags: string): RegExp | null {
  const pattern = new BoundedPattern(source, flags)
  return pattern.isBounded ? pattern : null
}

/** The same with other flags. */
export const withFlags = (pattern: RegExp, flags: string): RegExp =>
  pattern instanceof BoundedPattern ? new BoundedPattern(pattern.source, flags) : new RegExp(pattern, flags)

class BoundedPattern extends RegExp {
  readonly isBounded: boolean
  /** Null where the engine may do it. */
  readonly #steps: readonly Step[] | null = null

  constructor(source: string, flags: string) {
    super(source, flags)
    const tree = flags.includes('v') ? null : treeOf(this)
    if (tree !== null && waysOf(tree) > FEW_WAYS) this.#steps = stepsOf(tree, this)
    this.isBounded =
      tree !== null && (this.#steps?.length ?? 0) <= MOST_STEPS && levelsOf(this.#steps ?? []) <= MOST_LEVELS
  }

  override exec(text: string): RegExpExecArray | null {
    if (this.#steps === null) return super.exec(text)
    const found = first(this.#steps, text, this.global ? this.lastIndex : 0, this)
    if (this.global) this.lastIndex = found?.to ?? 0
    if (found === null) return null
    const array = [text.slice(found.from, found.to)]
    return Object.assign(array, { index: found.from, input: text }) as unknown as RegExpExecArray
  }
}

function stepsOf(tree: Tree, { flags }: RegExp): Step[] {
  const steps: Step[] = []
  write(tree)
  steps.push({ do: 'found' })
  return steps

  function write(part: Tree): void {
    if (steps.length > MOST_STEPS) return
    switch (part.is) {
      case 'character':
        steps.push({ do: 'take', fits: fitting(part.source, flags) })
        return
      case 'edge':
        steps.push({ do: 'stand', at: part.source })
        return
      case 'row':
        for (const one of part.of) write(one)
        return
      case 'choice': {
        const start = fork()
        const ends = part.of.map((one) => {
          start.to.push(steps.length)
          write(one)
          return fork()
        })
        for (const end of ends) end.to.push(steps.length)
        return
      }
      case 'repeat':
        repeat(part)
    }
  }

  function repeat({ of, least, most, lazy }: Tree & { is: 'repeat' }): void {
    for (let times = 0; times < least && steps.length <= MOST_STEPS; times++) write(of)
    const forks: (Step & { do: 'fork' })[] = []
    const isEmptiable = mayBeEmpty(of)
    for (let times = least; times < most && steps.length <= MOST_STEPS; times++) {
      const at = steps.length
      const again = fork()
      forks.push(again)
      again.to.push(steps.length)
      if (isEmptiable) steps.push({ do: 'begin' })
      write(of)
      if (isEmptiable) steps.push({ do: 'end' })
      if (most !== Number.POSITIVE_INFINITY) continue
      fork().to.push(at)
      break
    }
    for (const { to } of forks) {
      if (lazy) to.unshift(steps.length)
      else to.push(steps.length)
    }
  }

  function fork(): Step & { do: 'fork' } {
    const made = { do: 'fork' as const, to: [] }
    steps.push(made)
    return made
  }
}

function levelsOf(steps: readonly Step[]): number {
  let [level, deepest] = [0, 0]
  for (const step of steps) {
    if (step.do === 'begin') deepest = Math.max(deepest, ++level)
    else if (step.do === 'end') level--
  }
  return deepest
}

/** One character is the engine's matter, and mostly known from before. */
function fitting(source: string, flags: string): (character: string) => boolean {
  const one = new RegExp(`^(?:${source})$`, flags.replace(/[gmy]/g, ''))
  const known: (boolean | undefined)[] = []
  return (character) => {
    const code = character.charCodeAt(0)
    if (code >= 128) return one.test(character)
    known[code] ??= one.test(character)
    return known[code] ?? false
  }
}

/** Ways that have come equally far, the preferred first, and where each began. */
interface Ways {
  steps: number[]
  starts: number[]
}

function first(
  steps: readonly Step[],
  text: string,
  from: number,
  { unicode, multiline }: RegExp,
): { from: number; to: number } | null {
  if (from > text.length) return null
  /** When each step was come to last, by how many repetitions around it, the innermost ones, were empty up to there. */
  const seen = Array.from({ length: levelsOf(steps) + 1 }, () => new Int32Array(steps.length).fill(-1))
  let ways: Ways = { steps: [], starts: [] }
  let found: { from: number; to: number } | null = null

  for (let at = from; ; ) {
    if (found === null) goOn(ways, 0, at, at, 0)
    const character = unicode ? String.fromCodePoint(text.codePointAt(at) ?? 0) : (text[at] ?? '')
    const next = at + character.length
    const left: Ways = { steps: [], starts: [] }
    for (let index = 0; index < ways.steps.length; index++) {
      const place = ways.steps[index] ?? 0
      const start = ways.starts[index] ?? 0
      const step = steps[place]
      if (step?.do === 'found') {
        found = { from: start, to: at }
        break
      }
      if (step?.do === 'take' && at < text.length && step.fits(character)) goOn(left, place + 1, start, next, 0)
    }
    if (at >= text.length || (left.steps.length === 0 && found !== null)) return found
    ways = left
    at = next
  }

  function goOn(to: Ways, place: number, start: number, at: number, empty: number): void {
    const step = steps[place]
    if (step === undefined) return
    const takes = step.do === 'take' || step.do === 'found'
    // What takes a character empties none.
    const known = seen[takes ? 0 : empty]
    if (known === undefined || known[place] === at) return
    known[place] = at
    if (takes) {
      to.steps.push(place)
      to.starts.push(start)
    } else if (step.do === 'fork') for (const other of step.to) goOn(to, other, start, at, empty)
    else if (step.do === 'begin') goOn(to, place + 1, start, at, empty + 1)
    else if (step.do === 'end' ? empty === 0 : stands(step.at, at)) goOn(to, place + 1, start, at, empty)
  }

  function stands(edge: Edge, at: number): boolean {
    if (edge === '^') return at === 0 || (multiline && isEnd(text[at - 1]))
    if (edge === '$') return at === text.length || (multiline && isEnd(text[at]))
    return (isWord(text[at - 1]) !== isWord(text[at])) === (edge === '\\b')
  }
}

const isEnd = (character = ''): boolean => /^[\n\r\u2028\u2029]$/.test(character)
const isWord = (character = ''): boolean => /^\w$/.test(character)
