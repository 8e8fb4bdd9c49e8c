import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const changed = `
  cart is a variable, default [] @ cart.js:1
  base starts task order
  order finds the default of cart changed to [7] @ total cart.js:9
`

test('found, with the variable, and where what others left was read', () => {
  const found = judged('default-changed', changed)
  expect(titles(found)).toEqual(['info: Default that changes: cart'])
  const { what, evidence, variable, context } = only(found)
  expect(variable).toBe(found.told.variable('cart'))
  expect(context).toBe(found.told.context('order'))
  expect(what).toBe(
    'The default of cart was [] when it was made. Task order, which has no value of its own, found [7]: somebody had changed that very object, which all contexts share.',
  )
  expect(evidence.map(({ label, seq, stack }) => `${seq} ${label} @${stack}`)).toEqual([
    '3 new variable cart, default [] @1',
    '6 task order read the default of cart: [7] @2',
  ])
})

test('one for each variable', () => {
  const other = changed.replaceAll('cart', 'list').replaceAll('order', 'other')
  expect(titles(judged('default-changed', changed + other))).toEqual([
    'info: Default that changes: cart',
    'info: Default that changes: list',
  ])
})

test('where the variable was made is not known', () => {
  const found = judged('default-changed', changed.replace(/.*variable.*/, ''))
  expect(only(found).what).toContain('The default of variable 1 was another when it was made')
  expect(only(found).evidence.map(({ label }) => label)).toEqual(['task order read the default of variable 1: [7]'])
})

test('clear, as long as nobody was seen to find another', () => {
  expect(judged('default-changed', changed.replace(/.*finds.*/, 'order reads cart, default')).verdict).toBe('clear')
})

test('cannot tell where facts are missing', () => {
  expect(judged('default-changed', '4 facts are lost').verdict).toBe('cannot-tell')
})
