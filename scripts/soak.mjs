// `npm run soak`: half an hour in the real panel, of steady facts and of a real application, by their names if not both are wanted
// (`-- steady`, `-- application`). `MINUTES=5` is a shorter look.

import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { Failure, script, step, tool } from './steps.mjs'

const SOAKS = ['steady', 'application']

await script(async () => {
  const names = process.argv.slice(2)
  const unknown = names.find((name) => !SOAKS.includes(name))
  if (unknown !== undefined) throw new Failure(`There is no ${unknown} to soak in, but ${SOAKS.join(', ')}`)
  await install()
  process.env.CHROME_PATH = await findBrowser()
  await build()
  const files = names.map((name) => `test/soak/${name}.test.ts`)
  await step(`Half an hour: ${names.join(', ') || SOAKS.join(', ')}`, () =>
    tool(
      'vitest/vitest.mjs',
      'run',
      ...files,
      '--project',
      'soak',
      '--reporter=verbose',
      '--disable-console-intercept',
    ),
  )
})
