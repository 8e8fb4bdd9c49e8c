// What every part of the desk may ask for without being handed it: the request at hand, and who it is for.

import { ContextVar, registerContextVar } from 'contextvars-devtools'

export interface User {
  id: number
  name: string
}

/** Without a default: code that asks for it outside of a request is wrong, and hears so. */
export const requestId = new ContextVar<string>('requestId')

export const currentUser = new ContextVar<User>('currentUser', { default: { id: 0, name: 'guest' } })

/** What may leave the page, and the names by which a worker that imports this module, too, finds it again. */
const desk = { __name__: 'desk', requestId, currentUser }
registerContextVar(requestId, desk)
registerContextVar(currentUser, desk)

let count = 0
export const nextRequestId = (): string => `R-${++count}`
