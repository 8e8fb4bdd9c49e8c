// A page in a window that this script may reach into, as the playground has it: the same questions as for an inspected page, asked
// in the same way, without an extension in between. The page starts its recorder itself.

import type { OnDemandScript } from '../../runtime/protocol'
import type { WantedBreaks } from './breaks'
import { type InspectedPage, inspectedPage, TOP } from './inspected-page'
import type { Source } from './source'
import type { Wanted } from './wanted'

/** `bring` starts a script of the panel's in that window, as the place that this runs in has it. */
export function sameOriginWindow(
  frame: HTMLIFrameElement,
  wanted: Wanted,
  breaks: WantedBreaks,
  bring: (script: OnDemandScript) => Promise<void>,
): Source {
  const page: InspectedPage = {
    async evaluate(expression) {
      // A member call of eval is an indirect one: it runs at the top of a script, as `inspectedWindow.eval` does.
      const inside = frame.contentWindow as (Window & { eval(expression: string): unknown }) | null
      return { value: inside?.eval(expression) }
    },
    async inject(_, script) {
      if (script === undefined) throw new Error('This page must start its recorder itself.')
      await bring(script)
    },
    documents: async () => [],
    watch(listener) {
      const loaded = () => listener('navigated')
      frame.addEventListener('load', loaded)
      return () => frame.removeEventListener('load', loaded)
    },
  }
  return inspectedPage(page, TOP, wanted, breaks)
}
