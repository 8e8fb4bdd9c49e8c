// The number that every random test of this run begins at; see scripts/seed.mjs. Runs before each test file.

import fc from 'fast-check'

export const seed = Number(process.env.SEED)

fc.configureGlobal({ seed })
