// A case of the web: what a page hands over, and in which contexts the browser then calls it under each event policy. The
// tables beside this file are to be read with the section on the browser in the specification; a case is a test by its name.

import type { Page } from 'playwright'
import type { EventPolicy } from '../../../runtime/async'

/** What the page gives to a case; see test/pages/web-apis/page.js. */
export interface Toolkit {
  /** Runs a function in a context of its own, of that name. */
  as<T>(name: string, fn: () => T): T
  who: { get(): string; set(value: string): unknown }
  say(text: unknown): void
  /** Says the name of the current context, and writes into it. */
  see(...ignored: unknown[]): void
  /** The same, after the type of the event. */
  tell(event: Event): void
  /** Until so many things were said. */
  times(count: number): Promise<void>
  /** Against the collector. */
  keep<T>(thing: T): T
  /** The address of a WebSocket that greets. */
  socket: string
  /** What the page had before anything was installed. */
  before: Pick<typeof globalThis, 'setTimeout' | 'setInterval' | 'clearTimeout' | 'clearInterval'>
}

/** What is said, in its order. One text where the policy makes no difference. */
export type Said = { always: string } | Record<EventPolicy, string>

export type WebCase = Said & {
  /** Runs in the page, begun in the base context. */
  body(toolkit: Toolkit): unknown
  /** What a person, or the browser itself, does meanwhile. */
  act?(page: Page): Promise<unknown>
}

export type WebCases = Record<string, WebCase>
