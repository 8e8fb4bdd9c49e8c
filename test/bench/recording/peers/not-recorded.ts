// This package, and nobody who records.

import { offerUnrecorded } from '../work'

offerUnrecorded()
