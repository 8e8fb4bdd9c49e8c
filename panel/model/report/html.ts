// The panel itself as a report: one HTML file with the recording in it, which opens without the extension and asks for nothing else.

import type { Recording } from '../../../runtime/protocol'
import type { RuleId } from '../finding'

/**
 * `page` is the panel with places for what belongs to a recording: dist/report-page.html. `also` are the rules that are asked for in it, whatever
 * the settings of its reader say.
 */
export function reportHtml(page: string, recording: Recording, also: readonly RuleId[] = []): string {
  const { title, url } = recording.page
  const places: Record<string, string> = {
    TITLE: escapeText(`Contexts of ${title || url || 'a page'}`),
    VERSION: escapeText(recording.tool.version),
    ALSO: also.join(' '),
    // Nothing in it can end the element that it lies in, or begin another one.
    RECORDING: JSON.stringify(recording).replaceAll('<', '\\u003c'),
  }
  // Once for each, from the left: what a recording says is no place.
  return page.replace(/%(TITLE|VERSION|ALSO|RECORDING)%/g, (found, name: string) => places[name] ?? found)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeText = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
