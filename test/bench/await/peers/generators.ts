// zone.js with async functions compiled to generators, which is how a zone is kept: this file is built for ES2016.

import { offer } from '../../peer'
import { shapes } from '../shapes'
import { zone } from '../zone'

offer(shapes(zone))
