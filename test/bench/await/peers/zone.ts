// zone.js with native `await`: promises that the page makes are zone.js' own, and `await` loses the zone, so nobody checks it.

import { offer } from '../../peer'
import { shapes } from '../shapes'
import { zone } from '../zone'

offer(shapes({ ...zone, check() {} }))
