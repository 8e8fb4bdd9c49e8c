// The page that the panel itself is part of, as the playground and tests have it: the same questions as for an inspected page,
// asked in the same way, without an extension in between.

import { type InspectedPage, inspectedPage } from './inspected-page'
import type { Source } from './source'

export function ownWindow(): Source {
  const page: InspectedPage = {
    // Indirect eval runs at the top of a script, as `inspectedWindow.eval` does.
    // biome-ignore lint/security/noGlobalEval: the expression is a constant of ours
    evaluate: async (expression) => ({ value: globalThis.eval(expression) }),
    inject: async () => {
      throw new Error('This page must start its recorder itself.')
    },
    watch: () => () => {},
  }
  return inspectedPage(page)
}
