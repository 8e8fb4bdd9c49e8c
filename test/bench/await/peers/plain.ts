// A page where nothing is installed.

import { offer } from '../../peer'
import { none, shapes } from '../shapes'

offer(shapes(none))
