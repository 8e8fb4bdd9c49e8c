// What a case can ask of a page that it cannot ask of Node.

import type { Batch } from '../../../runtime/protocol'
import type { Cases, Host } from '../../async/cases/case'

export interface PageHost extends Host {
  /** Where a WebSocket finds somebody who sends back what it sends. */
  sockets: string
  /** What the recorder of this page has noted so far. */
  recorded(): Batch
}

export type PageCases = Cases<PageHost>
