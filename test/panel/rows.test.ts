// The rows of the tree where the page has several documents: each a root, and below the one that is unfolded its contexts.

import { describe, expect, it } from 'vitest'
import { Tree } from '../../panel/model/selectors/tree'
import { Timeline } from '../../panel/model/timeline'
import { emptyFeed } from '../../panel/session/feed'
import type { DocumentState } from '../../panel/session/frames'
import { ContextRows, isDocumentRow, type Rows, withDocuments } from '../../panel/session/rows'
import { initialState, TOP_DOCUMENT } from '../../panel/session/state'
import type { ContextId } from '../../runtime/protocol'
import { story } from '../model/story'

const { timeline, world } = story(`
  user is a variable
  base starts task Alice
  base starts task Bob
  Alice copies inner
  Alice copies other
`)
const feed = { ...emptyFeed(), timeline, world }
const frame = (key: string): DocumentState => ({
  key,
  kind: 'frame',
  url: `https://a.test/${key}`,
  worker: null,
  feed: key === 'silent' ? { ...emptyFeed(), timeline: new Timeline() } : feed,
  gone: false,
})

function rowsOf(document: string, folded = false, query = ''): Rows {
  const tree = new Tree()
  tree.update(world, [], { collapsed: new Set(), hideEnded: false, query })
  const frames = ['first', 'silent', 'last'].map(frame)
  return withDocuments({ ...initialState(), page: feed, frames, document, folded }, new ContextRows(tree))
}

const drawn = (rows: Rows): string[] =>
  Array.from({ length: rows.length }, (_, index) => {
    const row = rows.row(index)
    return row === null ? '?' : `${'. '.repeat(row.depth)}${row.label}`
  })

const contexts = ['. base', '. . Alice', '. . . inner', '. . . other', '. . Bob']

describe('documents and their contexts', () => {
  it.each([
    [TOP_DOCUMENT, ['top', ...contexts, 'first', 'silent', 'last']],
    ['first', ['top', 'first', ...contexts, 'silent', 'last']],
    ['silent', ['top', 'first', 'silent', 'last']],
    ['last', ['top', 'first', 'silent', 'last', ...contexts]],
  ])('stand below one another while %o is shown', (document, expected) => {
    const rows = rowsOf(document)
    expect(drawn(rows)).toEqual(expected)
    expect(expected.map((_, index) => rows.label(index))).toEqual(expected.map((row) => row.replaceAll('. ', '')))
    expect(rows.row(-1)).toBeNull()
    expect(rows.row(expected.length)).toBeNull()
    expected.forEach((_, index) => {
      const row = rows.row(index)
      if (row === null) throw new Error('It has a row.')
      expect(isDocumentRow(row) ? rows.indexOfDocument(row.document) : rows.indexOf(row.context)).toBe(index)
      const depth = row.depth
      const above = expected.slice(0, index).findLastIndex((_, other) => (rows.row(other)?.depth ?? 0) < depth)
      expect(rows.above(index)).toBe(above)
      expect(rows.beside(index)).toEqual(
        [...expected.keys()].filter((other) => rows.above(other) === above && rows.row(other)?.depth === depth),
      )
    })
  })

  it('and a row that says the same is the very same in the next picture', () => {
    const tree = new Tree()
    tree.update(world, [], { collapsed: new Set(), hideEnded: false, query: '' })
    const state = { ...initialState(), page: feed, frames: [frame('first')], document: 'first', folded: false }
    const [before, after] = [0, 1].map(() => withDocuments(state, new ContextRows(tree)))
    expect(before?.row(3)).toMatchObject({ label: 'Alice', depth: 2 })
    expect(after?.row(3)).toBe(before?.row(3))
  })

  it('are the documents alone where the shown one is folded', () => {
    const rows = rowsOf('first', true)
    expect(drawn(rows)).toEqual(['top', 'first', 'silent', 'last'])
    expect(rows.indexOf(1 as ContextId)).toBe(-1)
    expect(rows.indexOfDocument('nobody')).toBe(-1)
  })

  it('are found among the contexts of the shown one, by their numbers', () => {
    const rows = rowsOf('first', false, '/^other$|Bob/')
    const hits = Array.from({ length: rows.hits }, (_, nth) => rows.hit(nth) as ContextId)
    expect(hits.map((context) => rows.label(rows.indexOf(context)))).toEqual(['other', 'Bob'])
    expect(hits.map((context) => rows.hitOf(context))).toEqual([0, 1])
    expect(rows.hitOf(1 as ContextId)).toBe(-1)
    expect(rows.hit(2)).toBeNull()
  })

  it('keep the rows that say the same', () => {
    const rows = rowsOf('first')
    expect(rows.row(3)).toBe(rows.row(3))
  })
})
