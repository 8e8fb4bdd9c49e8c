// What a stack costs by itself: an error that is made and kept for a while, and whose stack nobody reads.

import { offerErrors } from '../errors'

offerErrors(() => {})
