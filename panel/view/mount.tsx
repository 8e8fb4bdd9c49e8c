// Puts the panel on a page. Returns what takes it away again.

import type { Host } from '../host/host'
import type { Session } from '../session/session'
import { mount } from './mount-view'
import { Panel } from './Panel'
import './style/theme.css'
import './style/layout.css'
import './style/controls.css'
import './style/tree.css'
import './style/details.css'
import './style/problems.css'
import './style/events.css'
import './style/lanes.css'
import './style/menus.css'
import './style/variables.css'
import './style/comparison.css'

export const mountPanel = (element: Element, session: Session, host: Host): (() => void) =>
  mount(element, session, host, <Panel />)
