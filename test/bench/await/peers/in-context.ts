// This package, in a context.

import { install } from '../../../../runtime/async'
import { offer } from '../../peer'
import { ours } from '../ours'
import { shapes } from '../shapes'

install()
offer(shapes(ours))
