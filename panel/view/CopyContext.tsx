// Takes what is known of a context along, in the form that somebody needs. What looks like a secret stays here, as in exports.

import type { ContextId } from '../../runtime/protocol'
import type { ContextForm } from '../model/report/context-text'
import { useSession } from '../session/hooks'
import { useCopy } from './copy-hook'

export const formNames: Record<ContextForm, string> = { text: 'Text', json: 'JSON', markdown: 'Markdown' }
export const copyForms = Object.keys(formNames) as ContextForm[]

export function CopyContext({ context }: { context: ContextId }) {
  const copy = useCopyContext()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <span role="group" aria-label="Copy this context as" className="copy-context">
      <span aria-hidden="true">Copy as</span>
      {copyForms.map((form) => (
        <button key={form} type="button" className="link" onClick={() => copy(context, form)}>
          {formNames[form]}
        </button>
      ))}
    </span>
  )
}

/** Copies, and says whether it could. */
export function useCopyContext(): (context: ContextId, form: ContextForm) => Promise<void> {
  const session = useSession()
  const copy = useCopy()
  return (context, form) => copy(session.contextText(context, form), `Context copied as ${formNames[form]}`)
}
