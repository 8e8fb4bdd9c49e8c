import { describe, expect, test } from 'vitest'
import { outlineWorld } from '../../../panel/model/outline'
import { contextDetails } from '../../../panel/model/selectors/details'
import { LaneBook } from '../../../panel/model/selectors/lanes'
import { endOf, standingOf } from '../../../panel/model/selectors/standing'
import { treeRows } from '../../../panel/model/selectors/tree'
import type { ContextId } from '../../../runtime/protocol'
import type { Story } from '../story'
import { story } from '../story'

const run = `
  user is a variable
  base copies work
  work enters
  work sets user = "ada" as t1
  work leaves
`

function standing(told: Story, name = 'work') {
  const entry = told.world.contexts.get(told.context(name))
  if (entry === undefined) throw new Error(`no ${name}`)
  return standingOf(entry)
}

const whileHidden = ({ world }: Story) =>
  treeRows(world, [], { collapsed: new Set(), hideEnded: true, query: '' }).map(({ label }) => label)

describe('how a context stands', () => {
  test('a run that returned is left: nothing says whether that was all', () => {
    const told = story(run)
    expect(standing(told)).toBe('left')
    expect(whileHidden(told)).toEqual(['base'])
    expect(contextDetails(told.world, told.context('work'))).toMatchObject({ returned: true, resumed: null })
  })

  test.each([
    ['sets something', 'work sets user = "bob" as t2'],
    ['resets something', 'work resets user by t1'],
    ['reads something', 'work reads user, own'],
    ['finds no value', 'other is a variable\nwork misses other'],
    ['begins a task', 'work starts task inner'],
  ])('one whose code %s afterwards may go on, and has no end', (_, line) => {
    const told = story(`${run}\n${line}`)
    expect(standing(told)).toBe('may-go-on')
    expect(whileHidden(told)).toContain('work')
    const entry = told.world.contexts.get(told.context('work'))
    if (entry === undefined) throw new Error('It is there.')
    expect(endOf(entry)).toBeNull()
    const book = new LaneBook(told.timeline)
    const { open } = book.lane(entry, { from: 0 as never, to: 1000 as never, width: 100 }, 1000)
    expect(open).toBe(true)
  })

  test('so may one that somebody waits for', () => {
    const told = story(`${run}\nbase waits for work`)
    expect(standing(told)).toBe('may-go-on')
    expect(contextDetails(told.world, told.context('work'))).toMatchObject({ state: 'may-go-on', resumed: null })
  })

  test('until it is collected, and its end is the last that it did', () => {
    const told = story(`${run}\nwork sets user = "bob" as t2\nbase sets user = "eve" as t3\nwork is collected`)
    expect(standing(told)).toBe('collected')
    const entry = told.world.contexts.get(told.context('work'))
    if (entry === undefined || entry.resumed === null) throw new Error('It went on.')
    expect(endOf(entry)).toBe(entry.resumed.at)
  })

  test('a function that threw has ended, and so has a task that is settled', () => {
    expect(standing(story(run.replace('work leaves', 'work leaves by an error')))).toBe('ended')
    expect(standing(story('base starts task Bob\nBob settles'), 'Bob')).toBe('ended')
  })

  test('a run in a context whose task is settled is left as any other, until a task is the last again', () => {
    const settled = 'user is a variable\nbase copies work\nwork runs task T\ntask T begins\nT settles'
    const ran = `${settled}\nwork enters\nwork leaves`
    expect(standing(story(settled))).toBe('ended')
    expect(standing(story(ran))).toBe('left')
    expect(standing(story(`${ran}\nwork sets user = "ada" as t1`))).toBe('may-go-on')
    expect(standing(story(`${ran.replace('leaves', 'leaves by an error')}`))).toBe('ended')
    expect(standing(story(`${ran}\nwork runs task U\ntask U begins\nU settles`))).toBe('ended')
  })

  test('a copy that somebody else makes or runs, and a callback of before, are no code that went on', () => {
    const again = `${run}\nwork enters\nwork sets user = "bob" as t2\nwork leaves`
    expect(standing(story(again))).toBe('left')
    expect(standing(story(`${run}\nwork hands over timer`))).toBe('left')
  })

  test('what the collector takes before it had an end was never left', () => {
    const told = story('base copies work\nwork is collected')
    expect(contextDetails(told.world, told.context('work'))).toMatchObject({ state: 'collected', returned: false })
    const ran = story(`${run}\nwork is collected`)
    expect(contextDetails(ran.world, ran.context('work'))).toMatchObject({ state: 'collected', returned: true })
    const lost = story(`base copies work\n3 facts are lost\ncensus\n- base`)
    expect(contextDetails(lost.world, lost.context('work'))).toMatchObject({ state: 'collected', returned: false })
  })

  test('of what a census lists as over, a task has ended, and a copy is left', () => {
    const told = story('attached late\ncensus\n- base\n- Bob below base (task, ended)\n- work below base (copy, ended)')
    expect([standing(told, 'Bob'), standing(told, 'work')]).toEqual(['ended', 'left'])
    const listed = (kind: 'task' | 'copy') =>
      outlineWorld([{ last: 1, next: null, looks: [[kind, null, null, true]], rows: [1, 0, 0] }]).contexts.get(
        1 as ContextId,
      )
    expect([listed('task'), listed('copy')].map((entry) => entry && standingOf(entry))).toEqual(['ended', 'left'])
  })

  test('a later run that returned is not said to have gone on before that', () => {
    const told = story(`${run}\nwork sets user = "bob" as t2\nwork enters\nwork leaves`)
    expect(contextDetails(told.world, told.context('work'))).toMatchObject({ state: 'may-go-on', resumed: null })
  })

  test('an async callback is left as well, and may go on', () => {
    const told = 'user is a variable\nbase hands over click\nclick sets user = "ada" as t1\nclick returns'
    expect(standing(story(told), 'click')).toBe('left')
    expect(standing(story(`${told}\nclick sets user = "bob" as t2`), 'click')).toBe('may-go-on')
  })
})
