// A classic worker, when it is bundled.

import { begin } from './job'

begin('stock')
