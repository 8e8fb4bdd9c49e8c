// Random programs see the same scopes under this runtime as under AsyncLocalStorage. PROGRAMS asks for more of them.

import { test } from 'vitest'
import { silent, underContexts, values } from './program-contexts'
import { expectAgreement } from './program-reference'

test('random programs see the same contexts as under AsyncLocalStorage', { timeout: 600_000 }, () =>
  expectAgreement({ programs: 3_000, run: (batch) => underContexts(batch, values) }),
)

test('what is silent for too long is lost to the base context, and to no neighbour', { timeout: 600_000 }, () =>
  expectAgreement({ programs: 1_000, mayLose: true, run: (batch) => underContexts(batch, silent) }),
)
