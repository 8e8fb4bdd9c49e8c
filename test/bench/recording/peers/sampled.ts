// This package, recorded: stacks 'sampled'.

import { offerRecorded } from '../work'

offerRecorded('sampled')
