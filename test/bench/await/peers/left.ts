// This package, where a context was entered and left again: code that has nothing to do with contexts.

import { install } from '../../../../runtime/async'
import { offer } from '../../peer'
import { ours } from '../ours'
import { none, shapes } from '../shapes'

install()
ours.enter(() => {})
offer(shapes(none))
