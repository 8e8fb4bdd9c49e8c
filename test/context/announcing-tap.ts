// A tap that keeps what it is told, in order, each announcement as one array: its name and its arguments.

import { attachTap, type Tap } from '../../runtime/context/tap'

export type Announcement = [name: keyof Tap, ...args: unknown[]]

/** Of a tap, what is no announcement. */
const APART = new Set<PropertyKey>(['capture', 'trace'])

/** What is announced while `body` runs. */
export function announcementsOf(body: () => void): Announcement[] {
  const announcements: Announcement[] = []
  const announce =
    (name: keyof Tap) =>
    (...args: unknown[]): void => {
      announcements.push([name, ...args])
    }
  // A proxy has every method of a Tap, also those that are added later.
  const detach = attachTap(
    new Proxy({} as Tap, { get: (_, name) => (APART.has(name) ? null : announce(name as keyof Tap)) }),
  )
  try {
    body()
  } finally {
    detach()
  }
  return announcements
}
