import { install } from 'contextvars-devtools/async'

install()
