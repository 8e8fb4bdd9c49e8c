// What the browser does not let the panel do, in a sentence each.

import type { Withheld } from '../host/host'

export const withheldWords: Record<Withheld, string> = {
  sites:
    'No site can be recorded always: DevTools pages may not ask for one here. Reload and record does it, load by load.',
  lines: 'No line of code is opened: a click on one copies its position.',
  pane: 'There is no pane beside the code: while the page is paused, this panel shows the context of that line.',
  frames: 'Frames of other origins are not recorded: the line at the bottom counts them.',
}
