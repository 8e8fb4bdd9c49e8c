import { install } from '/runtime/async-context.js'

install()
