// A regular expression as a tree. What a single character may be is left to the engine; told apart is what repeats and what stands
// beside what.

export type Edge = '^' | '$' | '\\b' | '\\B'

export type Tree =
  | { is: 'character'; source: string }
  | { is: 'edge'; source: Edge }
  | { is: 'row'; of: Tree[] }
  | { is: 'choice'; of: Tree[] }
  | { is: 'repeat'; of: Tree; least: number; most: number; lazy: boolean }

/** What only going back can answer: looks ahead and behind, changes of flags within, and references. */
const BACK = /\(\?(?![:<])|\(\?<[=!]|\\[1-9k]/y
const GROUP = /\((?:\?:|\?<[^>]*>)?/y
const EDGE = /[$^]|\\[bB]/y
const CHARACTER = /\[(?:\\.|[^\\\]])*\]|\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|.)|./sy
/** With the flag `u`. */
const CODE_POINT = /\[(?:\\.|[^\\\]])*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|.)|./suy
const REPEAT = /(?:[*+?]|\{(?<least>\d+)(?<more>,?)(?<most>\d*)\})(?<lazy>\??)/y

/** Of a pattern that the engine takes; null where it asks for what only going back can answer. */
export function treeOf({ source, unicode }: RegExp): Tree | null {
  let at = 0
  let asksToGoBack = false
  const tree = choice()
  return asksToGoBack ? null : tree

  function next(what: RegExp): RegExpExecArray | null {
    what.lastIndex = at
    const found = what.exec(source)
    at += found?.[0].length ?? 0
    return found
  }

  function choice(): Tree {
    const of = [row()]
    while (source[at] === '|') {
      at++
      of.push(row())
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { is: 'choice', of }
  }

  function row(): Tree {
    const of: Tree[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') of.push(repeated(piece()))
    return { is: 'row', of }
  }

  function piece(): Tree {
    if (next(BACK) !== null) asksToGoBack = true
    else if (next(GROUP) !== null) {
      const inside = choice()
      at++
      return inside
    }
    const edge = next(EDGE)?.[0]
    if (edge !== undefined) return { is: 'edge', source: edge as Edge }
    return { is: 'character', source: next(unicode ? CODE_POINT : CHARACTER)?.[0] ?? '' }
  }

  function repeated(of: Tree): Tree {
    const found = next(REPEAT)
    if (found === null) return of
    const { least, more, most, lazy } = found.groups ?? {}
    const isLazy = lazy === '?'
    switch (found[0][0]) {
      case '*':
        return { is: 'repeat', of, least: 0, most: Number.POSITIVE_INFINITY, lazy: isLazy }
      case '+':
        return { is: 'repeat', of, least: 1, most: Number.POSITIVE_INFINITY, lazy: isLazy }
      case '?':
        return { is: 'repeat', of, least: 0, most: 1, lazy: isLazy }
    }
    const last = more === '' ? Number(least) : Number(most || Number.POSITIVE_INFINITY)
    return { is: 'repeat', of, least: Number(least), most: last, lazy: isLazy }
  }
}

/** In how many ways it can fit at one place, at most. */
export function waysOf(tree: Tree): number {
  switch (tree.is) {
    case 'character':
    case 'edge':
      return 1
    case 'row':
      return tree.of.reduce((ways, part) => ways * waysOf(part), 1)
    case 'choice':
      return tree.of.reduce((ways, part) => ways + waysOf(part), 0)
    case 'repeat': {
      const { of, least, most } = tree
      if (most === Number.POSITIVE_INFINITY) return most
      return (most - least + 1) * waysOf(of) ** most
    }
  }
}

export function mayBeEmpty(tree: Tree): boolean {
  switch (tree.is) {
    case 'character':
      return false
    case 'edge':
      return true
    case 'row':
      return tree.of.every(mayBeEmpty)
    case 'choice':
      return tree.of.some(mayBeEmpty)
    case 'repeat':
      return tree.least === 0 || mayBeEmpty(tree.of)
  }
}
