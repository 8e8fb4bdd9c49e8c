// Opens a line of code in the Sources tab, where DevTools lets an extension do that. Positions are those of the script as the page runs it.

import browser from 'webextension-polyfill'
import type { Frame } from '../../runtime/protocol'

/** Chrome's, and unknown to the polyfill's types. Lines and columns count from 0. */
interface ResourceOpener {
  openResource?(url: string, line: number, column: number, done: () => void): void
}

const panels: ResourceOpener = browser.devtools.panels as ResourceOpener

/** Not in Firefox. */
export const canOpenSources = panels.openResource !== undefined

export function openInSources({ url, line, column }: Frame): void {
  panels.openResource?.(url, Math.max(line - 1, 0), Math.max(column - 1, 0), () => {})
}
