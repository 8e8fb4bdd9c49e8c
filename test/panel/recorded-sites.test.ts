// Which sites can be asked for, by the address of a page.

import { expect, test } from 'vitest'
import { siteOf } from '../../panel/host/recorded-sites'

test('a site is what http or https serves, with its port', () => {
  expect(siteOf('https://shop.test/a?b#c')).toEqual({ origin: 'https://shop.test' })
  expect(siteOf('http://shop.test:8080/')).toEqual({ origin: 'http://shop.test:8080' })
  expect(siteOf('http://[::1]:3000/')).toEqual({ origin: 'http://[::1]:3000' })
})

test.for([
  ['file:///home/page.html', /a page of file:$/],
  ['about:blank', /a page of about:$/],
  ['data:text/html,x', /a page of data:$/],
  ['blob:https://shop.test/1', /a page of blob:$/],
  ['chrome://version', /a page of chrome:$/],
  ['', /keeps extensions away/],
  ['https://', /keeps extensions away/],
] as const)('%s has none, and says why', ([url, why]) => {
  expect(siteOf(url)).toEqual({ origin: null, why: expect.stringMatching(why) })
})
