// This package, compiled without the seam that a recorder listens at.

import { offerUnrecorded } from '../work'

offerUnrecorded()
