// A page that has loaded its zone.js before this runtime.

import './program-zone'
import './program-child'
