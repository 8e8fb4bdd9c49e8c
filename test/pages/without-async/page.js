// An application that forgot to import the part that follows `await`.

import { ContextVar } from '/runtime/index.js'

const user = new ContextVar('user')
user.set('Ada')
