import { describe, expect, test } from 'vitest'
import { provenance } from '../../../panel/model/selectors/provenance'
import { type Story, story } from '../story'

/** `set "ada" in base app.js:10`: the steps as lines, with the names of the story. */
function why(told: Story, context: string, variable: string, at = Number.POSITIVE_INFINITY): string[] {
  const world = told.timeline.at(at)
  const names = ['base', 'Alice', 'click', 'copy', 'fresh', 'deep']
  return provenance(world, told.context(context), told.variable(variable)).map((step) => {
    const name = step.context === null ? null : (names.find((one) => told.context(one) === step.context) ?? 'other')
    const line = step.stack === null ? null : `:${world.stacks[step.stack]?.[0]?.line}`
    const words = [step.kind, step.value, name === null ? null : `in ${name}`, line, step.many || null]
    return words.filter((word) => word !== null).join(' ')
  })
}

describe('why a value is there', () => {
  const scene = `
    user is a variable, default "nobody" @ vars.js:1
    base sets user = "ada" as u1 @ app.js:10
    base starts task Alice @ app.js:12
    Alice hands over click @ app.js:13
    before:
    click sets user = "eve" as u2 @ app.js:14
    base sets user = "late" as u3 @ app.js:15
    set:
    click resets user by u2 to "ada" @ app.js:16
  `

  test('it was set here', () => {
    const told = story(scene)
    expect(why(told, 'click', 'user', told.at('set'))).toEqual(['set "eve" in click :14'])
    expect(why(told, 'base', 'user')).toEqual(['set "late" in base :15'])
  })

  test('it was set above and copied down to here, whatever was set above since', () => {
    const told = story(scene)
    const chain = ['set "ada" in base :10', 'copied in Alice :12', 'copied in click :13']
    expect(why(told, 'click', 'user', told.at('before'))).toEqual(chain)
    expect(why(told, 'Alice', 'user')).toEqual(chain.slice(0, 2))
  })

  test('a reset brought it back', () => {
    expect(why(story(scene), 'click', 'user')).toEqual([
      'set "ada" in base :10',
      'copied in Alice :12',
      'copied in click :13',
      'reset "ada" in click :16',
    ])
  })

  test('a reset above brought it back before it was copied', () => {
    const told = story(`
      user is a variable
      base sets user = 1 as a @ app.js:1
      base sets user = 2 as b @ app.js:2
      base resets user by b to 1 @ app.js:3
      base copies copy @ app.js:4
      base sets user = 5 as c @ app.js:5
    `)
    expect(why(told, 'copy', 'user')).toEqual(['set 1 in base :1', 'reset 1 in base :3', 'copied in copy :4'])
  })

  test('the recorder found it there', () => {
    const told = story(`
      attached late
      census of user
      - base: user = 1
      - copy below base (copy): user = 1
    `)
    expect(why(told, 'base', 'user')).toEqual(['found 1 in base'])
    expect(why(told, 'copy', 'user')).toEqual(['found 1 in base', 'copied in copy'])
  })

  test('of a chain of a thousand copies, the two ends are told', () => {
    const copies = Array.from(
      { length: 1000 },
      (_, index) => `${index === 0 ? 'base' : `c${index - 1}`} copies c${index}`,
    )
    const told = story(`user is a variable\nbase sets user = 1 as a\n${copies.join('\n')}`)
    const steps = provenance(told.world, told.context('c999'), told.variable('user'))
    expect(steps.length).toBe(21)
    expect(steps[10]).toMatchObject({ kind: 'skipped', many: 981 })
    expect(steps.at(-1)).toMatchObject({ kind: 'copied', context: told.context('c999') })
  })
})

describe('why there is none', () => {
  test('nobody set it on the way', () => {
    const told = story(`
      user is a variable @ vars.js:1
      lang is a variable, default "en" @ vars.js:2
      base copies copy
      copy sets user = 1 as a
    `)
    expect(why(told, 'base', 'user')).toEqual(['never'])
    expect(why(told, 'copy', 'lang')).toEqual(['never', 'default "en" :2'])
  })

  test('it was set above after the copy', () => {
    const told = story(`
      user is a variable
      base starts task Alice @ app.js:1
      base sets user = 1 as a @ app.js:2
      base sets user = 2 as b @ app.js:3
      Alice hands over click
    `)
    expect(why(told, 'click', 'user')).toEqual(['too-late 1 in base :2'])
    expect(why(told, 'Alice', 'user')).toEqual(['too-late 1 in base :2'])
  })

  test('it was taken back before the copy, or here', () => {
    const told = story(`
      user is a variable
      base sets user = 1 as a @ app.js:1
      base copies copy
      base resets user by a @ app.js:2
      base hands over click
      base sets user = 2 as b @ app.js:3
    `)
    expect(why(told, 'click', 'user')).toEqual(['taken-back in base :2', 'too-late 2 in base :3'])
    expect(why(told, 'copy', 'user')).toEqual(['set 1 in base :1', 'copied in copy'])
  })

  test('the context was made empty', () => {
    const told = story(`
      user is a variable
      base sets user = 1 as a @ app.js:1
      fresh is new @ app.js:2
      fresh copies deep
    `)
    expect(why(told, 'deep', 'user')).toEqual(['empty in fresh :2'])
  })

  test('what is missing may say more', () => {
    const told = story(`
      user is a variable
      7 facts are lost
      base copies copy
    `)
    expect(why(told, 'copy', 'user')).toEqual(['never', 'unknown'])
    expect(provenance(told.world, 99 as never, told.variable('user'))).toEqual([])
  })
})
