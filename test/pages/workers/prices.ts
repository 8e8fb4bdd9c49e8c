// A module worker, and one that it makes when it is told to.

import { begin } from './job'

begin('prices')

let offers: Worker | null = null
addEventListener('message', ({ data }) => {
  if (data === 'make') offers = new Worker(new URL('./offers.ts', import.meta.url), { type: 'module' })
  if (data === 'end') offers?.terminate()
})
