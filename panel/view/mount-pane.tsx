// Puts the pane on a page. Returns what takes it away again.

import type { Host } from '../host/host'
import type { Session } from '../session/session'
import { ContextPane } from './ContextPane'
import { mount } from './mount-view'
import './style/theme.css'
import './style/controls.css'
import './style/layout.css'
import './style/details.css'
import './style/menus.css'
import './style/pane.css'

export const mountPane = (element: Element, session: Session, host: Host): (() => void) =>
  mount(element, session, host, <ContextPane />)
