// A module worker that a worker makes.

import { begin } from './job'

begin('offers')
