// What is judged by: what was muted, and what was asked for.

import { expect, it } from 'vitest'
import { type Asking, askedByName, keptJudging } from '../../panel/session/judging'
import { keptMutes } from '../../panel/session/kept-mutes'

function asking() {
  const listeners = new Set<() => void>()
  let outlived: Asking['choices']['outlived'] = 'ignored'
  let effectless: Asking['choices']['effectless'] = 'ignored'
  return {
    get choices() {
      return { outlived, listeners: outlived, effectless } as const
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose(next: typeof outlived, other: typeof effectless = effectless) {
      outlived = next
      effectless = other
      for (const listener of listeners) listener()
    },
  }
}

it('is the same until something changes, and tells of each change until nobody listens', () => {
  const [mutes, settings] = [keptMutes(), asking()]
  const kept = keptJudging(mutes, settings)
  let told = 0
  const end = kept.subscribe(() => told++)
  const first = kept.judging
  expect(first).toEqual({ mutes: [], also: [] })
  expect(kept.judging).toBe(first)

  settings.choose('told')
  expect(told).toBe(1)
  expect(kept.judging).toEqual({ mutes: [], also: ['outlived-value', 'listener-elsewhere'] })
  expect(kept.judging).toBe(kept.judging)

  const mute = { rule: 'forgotten-reset', reason: 'meant' }
  mutes.change(() => [mute])
  expect(told).toBe(2)
  expect(kept.judging).toEqual({ mutes: [mute], also: ['outlived-value', 'listener-elsewhere'] })

  end()
  settings.choose('ignored')
  expect(told).toBe(2)
  expect(kept.judging.also).toEqual([])
})

it('asks for nothing where there are no settings', () => {
  expect(keptJudging(keptMutes()).judging).toEqual({ mutes: [], also: [] })
})

it('asks for each rule by its own setting', () => {
  const settings = asking()
  const kept = keptJudging(keptMutes(), settings)
  settings.choose('ignored', 'told')
  expect(kept.judging.also).toEqual(['without-effect'])
  settings.choose('told')
  expect(kept.judging.also).toEqual(['outlived-value', 'listener-elsewhere', 'without-effect'])
})

it('asks always for what a report was asked for, and for nothing that is no rule', () => {
  const always = askedByName('without-effect explode')
  expect(always).toEqual(['without-effect'])
  const settings = asking()
  const kept = keptJudging(keptMutes(), settings, always)
  expect(kept.judging.also).toEqual(['without-effect'])
  settings.choose('told', 'told')
  expect(kept.judging.also).toEqual(['without-effect', 'outlived-value', 'listener-elsewhere'])
  settings.choose('ignored', 'ignored')
  expect(kept.judging.also).toEqual(['without-effect'])
  expect(askedByName('')).toEqual([])
})
