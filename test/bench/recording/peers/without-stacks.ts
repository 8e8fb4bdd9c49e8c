// This package, recorded: stacks 'none'.

import { offerRecorded } from '../work'

offerRecorded('none')
