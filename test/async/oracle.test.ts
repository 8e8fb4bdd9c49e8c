// Random programs see the same scopes under this runtime as under AsyncLocalStorage. PROGRAMS asks for more of them.

import { test } from 'vitest'
import { underContexts, values } from './program-contexts'
import { expectAgreement } from './program-reference'

test('random programs see the same contexts as under AsyncLocalStorage', { timeout: 600_000 }, () =>
  expectAgreement({ programs: 3_000, run: (batch) => underContexts(batch, values) }),
)
