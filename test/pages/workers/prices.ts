// A module worker.

import { begin } from './job'

begin('prices')
