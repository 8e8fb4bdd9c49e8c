// A classic worker that makes workers of its own.

import { begin } from './job'
import { Team } from './team'

const team = new Team()
team.add('invoices', new Worker(new URL('./invoices.ts', import.meta.url)))
team.add('plain', new Worker('/raw/plain.js'))
team.add('named', new Worker('/raw/plain.js', { name: 'of theirs' }))
team.add('broken', new Worker('/raw/broken.js'))
begin('orders', team)
