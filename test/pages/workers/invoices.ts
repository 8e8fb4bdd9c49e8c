// A classic worker that a worker makes.

import { begin } from './job'

begin('invoices')
