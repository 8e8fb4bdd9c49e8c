// The mistake: the variable is made inside a function. Every call makes another variable of that name: what one call sets, the
// next cannot find, and its token is refused. Contexts hold on to every one of them.

import { ContextVar } from 'contextvars-devtools'
import { delay } from '../delay'
import { log } from '../log'

function discount(): ContextVar<number> {
  return new ContextVar('discount', { default: 0 })
}

export async function variableInFunction(): Promise<void> {
  const token = discount().set(20)
  try {
    log('today everything is 20 % off')
    await delay(10)
    log(`the till takes ${discount().get()} % off`)
  } finally {
    discount().reset(token)
  }
}
