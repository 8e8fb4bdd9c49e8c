// Opens a line of code in the Sources tab. Positions are those of the script as the page runs it.

import browser from 'webextension-polyfill'
import type { Frame } from '../../runtime/protocol'

/** Chrome's, and unknown to the polyfill's types. Lines and columns count from 0. */
interface ResourceOpener {
  openResource?(url: string, line: number, column: number, done: () => void): void
}

export function openInSources({ url, line, column }: Frame): void {
  const panels: ResourceOpener = browser.devtools.panels as ResourceOpener
  panels.openResource?.(url, Math.max(line - 1, 0), Math.max(column - 1, 0), () => {})
}
