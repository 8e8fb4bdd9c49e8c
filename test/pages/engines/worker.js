// The other side: says who it works for, before and after an await, and what it was not told. No import map reaches a worker.

import { install } from '/runtime/async.js'
import { ContextVar, registerContextVar } from '/runtime/index.js'
import { carryContext } from '/runtime/worker.js'

install()
const user = new ContextVar('user')
const secret = new ContextVar('secret')
registerContextVar(user, { __name__: 'engines', user })

const page = carryContext(self)
page.onmessage = async ({ data }) => {
  const before = user.get('nobody')
  await new Promise((resolve) => setTimeout(resolve, 1))
  page.postMessage([data, before, user.get('nobody'), secret.get('not here')])
}
