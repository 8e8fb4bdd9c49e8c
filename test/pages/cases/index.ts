// The cases that only a page can show.

import { connections } from './connections'
import { failures } from './failures'
import type { PageCases } from './page-case'
import { realms } from './realms'
import { streams } from './streams'

export const inPages: Readonly<Record<string, PageCases>> = {
  connections,
  streams,
  'what went wrong': failures,
  'other realms, and scripts of the page': realms,
}
