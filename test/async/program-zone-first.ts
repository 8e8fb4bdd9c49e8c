// A page that loads its zone.js before this runtime.

import './program-zone'
import './program-child'
