// This package, recorded: stacks 'all'.

import { offerRecorded } from '../work'

offerRecorded('all')
