// A page that loads its zone.js when this runtime is installed already.

import './program-child'
import './program-zone'
