// The browser's name in exports, from what browsers say of themselves.

import { expect, test } from 'vitest'
import { browserName } from '../../panel/host/browser-name'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each<[string, string | null]>([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/156.0.0.0 Safari/537.36`, 'Chrome 156 on Linux x86_64'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/156.0.0.0 Safari/537.36`, 'Chrome 156 on Linux x86_64'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`,
    'Edge 156 on Windows NT 10.0',
  ],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/156.0.0.0 Safari/537.36 OPR/120.0.0.0`,
    'Opera 120 on Intel Mac OS X 10_15_7',
  ],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox 153 on Linux x86_64'],
  ['Firefox/153.0', 'Firefox 153 on an unknown system'],
  ['something else', null],
])('%s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})
