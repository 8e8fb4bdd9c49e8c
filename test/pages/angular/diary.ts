// What the application notes while it works: the line that was reached, in which zone, and for which customer.

/** What a page with contexts adds. */
export interface Contexts {
  serve(name: string): void
  who(): string
  apart(work: () => void): void
  /** Sets a variable; the function that is returned tells whether it is called in the very same context. */
  mark(): () => boolean
}

export interface Entry {
  point: string
  zone: string
  /** Null in a page without contexts. */
  who: string | null
}

declare const Zone: { current: { name: string } }

const contexts = Reflect.get(globalThis, 'contexts') as Contexts | undefined
const diary: Entry[] = []
Object.assign(globalThis, { diary })

export const note = (point: string): void => {
  diary.push({ point, zone: Zone.current.name, who: contexts?.who() ?? null })
}
/** From here on the work is for this customer. */
export const serve = (name: string): void => contexts?.serve(name)
/** Tells later whether the context is the same as now; without contexts there is nothing to tell. */
export const mark = (): (() => boolean | null) => contexts?.mark() ?? (() => null)
export const apart = (work: () => void): void => (contexts ? contexts.apart(work) : work())
