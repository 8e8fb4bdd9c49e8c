// The mistake: one part sets a variable, another part reads a different one, and both mean the same thing. Neither fails: what is set is read by
// nobody, and what is read is always the default. One variable for both, in a module of its own, is the cure.

import { ContextVar } from 'contextvars-devtools'
import { log } from '../log'

const voucher = new ContextVar<string>('voucher')
const coupon = new ContextVar('coupon', { default: 'no coupon' })

export async function withoutEffect(): Promise<void> {
  using _voucher = voucher.set('SPRING')
  log(`pays the full price, with ${coupon.get()}`)
}
