// A page with a sign-in: the current user is set in the base context when somebody signs in, since all that happens on the page from then on
// is theirs, and reset when they sign out. A wizard in between keeps its own draft.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface User {
  name: string
}

const user = new ContextVar<User | null>('signedIn', { default: null })
const draft = new ContextVar<Map<string, string>>('draft')

class Account {
  #token: Token<User | null> | null = null

  signIn(name: string): void {
    if (this.#token !== null) this.signOut()
    this.#token = user.set({ name })
  }

  signOut(): void {
    if (this.#token === null) return
    user.reset(this.#token)
    this.#token = null
  }
}

const saved: string[] = []

async function save(): Promise<void> {
  await sleep()
  saved.push(`${user.get()?.name ?? 'guest'}: ${[...draft.get()].map(([key, value]) => `${key}=${value}`).join(' ')}`)
}

type Page = (answer: string) => Promise<Page | null>

const askName: Page = async (answer) => {
  draft.get().set('name', answer)
  await sleep()
  return askTea
}
const askTea: Page = async (answer) => {
  if (answer === 'back') return askName
  draft.get().set('tea', answer)
  return confirm
}
const confirm: Page = async (answer) => {
  if (answer !== 'yes') return null
  await save()
  return null
}

async function wizard(answers: string[]): Promise<number> {
  using _ = draft.set(new Map())
  let page: Page | null = askName
  let pages = 0
  for (const answer of answers) {
    if (page === null) break
    page = await page(answer)
    pages++
  }
  return pages
}

function header(): string {
  const now = user.get()
  return now === null ? 'Sign in' : `Hello ${now.name}`
}

export const program: Program = {
  async run() {
    const account = new Account()
    const headers = [header()]
    account.signIn('Ada')
    headers.push(header())
    await createTask(() => wizard(['Ada', 'oolong', 'yes']), { name: 'wizard' }).result
    account.signIn('Bob')
    headers.push(header())
    setTimeout(() => headers.push(`later: ${header()}`), 1)
    await createTask(() => wizard(['Bob', 'back', 'Robert', 'mint', 'yes']), { name: 'wizard' }).result
    await createTask(() => wizard(['Bob', 'mint', 'no']), { name: 'wizard' }).result
    account.signOut()
    headers.push(header())
    return { headers, saved }
  },
  comesTo: {
    headers: ['Sign in', 'Hello Ada', 'Hello Bob', 'later: Hello Bob', 'Sign in'],
    saved: ['Ada: name=Ada tea=oolong', 'Bob: name=Robert tea=mint'],
  },
}
