// This package, installed, before any context is entered.

import { install } from '../../../../runtime/async'
import { offer } from '../../peer'
import { none, shapes } from '../shapes'

install()
offer(shapes(none))
