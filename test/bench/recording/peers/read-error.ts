// What a stack costs by itself when somebody reads it: an error that is made, kept for a while, and read.

import { offerErrors } from '../errors'

offerErrors((old) => Reflect.set(globalThis, 'benchStack', old.stack))
