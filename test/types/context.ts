// Programs that must compile, and programs that must not: the compiler is the test, nothing here runs.

import { Context, ContextVar, type copyContext, type LookupError, Token } from '../../runtime/index'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles if the two are the very same type. */
declare function same<A, B>(proof: Same<A, B>): void

interface User {
  id: number
}

const user = new ContextVar<User>('user')
const language = new ContextVar('language', { default: 'en' })
const optional = new ContextVar<string | null>('optional', { default: null })

export function variables(): void {
  same<typeof language, ContextVar<string>>(true)
  same<typeof language.name, string>(true)

  // @ts-expect-error a variable needs a name
  new ContextVar()
  // @ts-expect-error which is a string
  new ContextVar(1)
  // @ts-expect-error a default is not positional
  new ContextVar<number>('n', 1)
  // @ts-expect-error options are not empty
  new ContextVar<number>('n', {})
  // @ts-expect-error nor misspelled
  new ContextVar<number>('n', { dflt: 1 })
  // @ts-expect-error a default is of the variable's type
  new ContextVar<number>('n', { default: 'one' })
  // @ts-expect-error undefined is a value like any other
  new ContextVar<number>('n', { default: undefined })
  // @ts-expect-error a name stays
  user.name = 'other'
}

export function reads(): void {
  const one = user.get()
  same<typeof one, User>(true)
  const two = user.get(null)
  same<typeof two, User | null>(true)
  const three = user.get(undefined)
  same<typeof three, User | undefined>(true)
  const four = language.get()
  same<typeof four, string>(true)
  const five = optional.get()
  same<typeof five, string | null>(true)

  // @ts-expect-error there is one fallback
  user.get(null, null)
  // @ts-expect-error a read is of the variable's type
  const wrong: string = user.get()
  return void wrong
}

export function writes(): void {
  const token = user.set({ id: 1 })
  same<typeof token, Token<User>>(true)
  same<typeof token.var, ContextVar<User>>(true)
  user.reset(token)

  // @ts-expect-error a value is of the variable's type
  user.set('ada')
  // @ts-expect-error and is given
  user.set()
  // @ts-expect-error a token is of its variable
  language.reset(token)
  // @ts-expect-error only a token is a token
  user.reset({})
  // @ts-expect-error it takes nothing but the token
  user.reset()
  // @ts-expect-error what a token says cannot be changed
  token.oldValue = { id: 2 }
  // @ts-expect-error tokens come from set
  new Token()
}

export function oldValues(token: Token<User>): User | null {
  const { oldValue } = token
  same<typeof oldValue, User | typeof Token.MISSING>(true)
  // @ts-expect-error there may have been no value
  const wrong: User = oldValue
  if (oldValue === Token.MISSING) return null
  same<typeof oldValue, User>(true)
  return wrong ?? oldValue
}

export function scopes(): string {
  using token = language.set('de')
  return token.var.get()
}

export function contexts(context: Context): void {
  const one = context.get(user)
  same<typeof one, User | undefined>(true)
  const two = context.get(user, null)
  same<typeof two, User | null>(true)
  const three = context.item(user)
  same<typeof three, User>(true)
  for (const [variable, value] of context) {
    same<typeof variable, ContextVar<unknown>>(true)
    same<typeof value, unknown>(true)
  }
  same<ReturnType<typeof copyContext>, Context>(true)

  // @ts-expect-error a new context is empty
  new Context(context)
  // @ts-expect-error keys are variables
  context.get('user')
  // @ts-expect-error a context is not written to from outside
  context.set(user, { id: 1 })
  // @ts-expect-error nor is its size
  context.size = 0
  // @ts-expect-error its values are of no known type
  for (const value of context.values()) value.id
}

export function runs(context: Context): void {
  const sum = context.run((a: number, b: number) => a + b, 1, 2)
  same<typeof sum, number>(true)
  const promised = context.run(async () => 'later')
  same<typeof promised, Promise<string>>(true)

  // @ts-expect-error something has to run
  context.run()
  // @ts-expect-error which can be called
  context.run(1)
  // @ts-expect-error with what it takes
  context.run((a: number) => a, 'one')
  // @ts-expect-error and all of it
  context.run((a: number, b: number) => a + b, 1)
}

export function errors(error: LookupError): void {
  same<typeof error.variable, ContextVar<unknown>>(true)
  // @ts-expect-error it stays what it was
  error.variable = user
}
