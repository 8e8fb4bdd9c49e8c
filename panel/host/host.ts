// What a panel asks of the place it runs in. DevTools is one (extension-host), a plain page another (plain-host): the views know
// only this.

import type { Frame } from '../../runtime/protocol'
import type { RecordedSites } from './recorded-sites'
import type { RecordingChoices } from './recording-choices'
import type { shelf } from './settings'

/**
 * What a browser may not let its DevTools pages do.
 * - `sites`: ask for a site, to record it always
 * - `lines`: show a line of code
 * - `pane`: put a pane beside the code at which the page is paused
 * - `frames`: evaluate in frames of other origins, or know of them
 */
export type Withheld = 'sites' | 'lines' | 'pane' | 'frames'

export interface Host {
  /** The version of this panel, written into exports. */
  readonly toolVersion: string
  /** Whether there is a page to record; else there are only files. */
  readonly hasPage: boolean
  /** Reloads the page with the recorder in front of its first script; null where only the page itself can do that. */
  readonly reloadAndRecord: (() => Promise<void>) | null
  /** Which browser this is, for an export. */
  readonly browser: string | null
  /** What the browser does not allow here, and a person may miss; nothing where nobody would look for it. */
  readonly withheld: readonly Withheld[]
  /** Sites that are recorded at every load; null where nothing could do that. */
  readonly sites: RecordedSites | null
  /** How pages are recorded. */
  readonly recording: RecordingChoices
  /** The panel as a page with places for a recording; null where it is not at hand. */
  readonly reportPage: (() => Promise<string>) | null
  /** Where it is kept what is to be taken out of exports. */
  readonly redaction: ReturnType<typeof shelf>
  /** Where it is kept what this person has muted. */
  readonly mutes: ReturnType<typeof shelf>
  /** Shows a line of code, or copies its position where nothing can show it. Answers what it did. */
  openSource(frame: Frame): Promise<'opened' | 'copied'>
  /** The text of a script of the page, or of the file that it was made from; null where it cannot be had without asking other sites. */
  readSource(url: string): Promise<string | null>
  /** The page that is recorded, for an export. */
  describePage(): Promise<{ url: string; title: string }>
}
