// The same programs, looked at all the while they run: a console takes nothing back, so work that has still to undo a set is not warned of.

import { readdirSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { warnOfProblems } from '../../panel/testing'
import { install } from '../../runtime/async'
import { variantOf } from './variant'

const programs = readdirSync(new URL('programs', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))

test.each(programs)('%s warns of nothing while it runs', async (name) => {
  const { program } = await variantOf(name)
  const uninstall = install()
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const end = warnOfProblems({ every: 1 })
  try {
    await program.run()
    end()
    expect(warn.mock.calls.flat().filter((said) => String(said).startsWith('Contextvars'))).toEqual([])
  } finally {
    end()
    warn.mockRestore()
    uninstall()
  }
})
