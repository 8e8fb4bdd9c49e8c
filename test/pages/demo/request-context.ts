// What every part of the desk may ask for without being handed it: the request at hand, and who it is for.

import { ContextVar } from 'contextvars-devtools'

export interface User {
  id: number
  name: string
}

/** Without a default: code that asks for it outside of a request is wrong, and hears so. */
export const requestId = new ContextVar<string>('requestId')

export const currentUser = new ContextVar<User>('currentUser', { default: { id: 0, name: 'guest' } })

let count = 0
export const nextRequestId = (): string => `R-${++count}`
