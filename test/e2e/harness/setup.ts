// Before each file: whoever waits with Playwright's `expect` waits as long as everybody else here.

import { vi } from 'vitest'
import { PATIENCE } from './patience'

vi.mock('playwright/test', async (importOriginal) => {
  const original = await importOriginal<typeof import('playwright/test')>()
  return { ...original, expect: original.expect.configure({ timeout: PATIENCE }) }
})
