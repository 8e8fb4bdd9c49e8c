// What the document that is shown made of the settings that were chosen, or why it has none.

import type { WantedSettings } from '../host/recording-choices'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { isGone } from '../session/state'
import { assertUnreachable } from './assert-unreachable'
import { listed } from './words'

const settingWords: Record<keyof WantedSettings, string> = {
  stacks: 'its stacks',
  facts: 'the facts of its log',
  bytes: 'the size of its log',
  callbacks: 'its callbacks',
  previews: 'the size of its pictures',
  events: 'the listeners of the runtime that it brings',
}

/** `close` closes what this lies in. */
export function HeldWords({ close }: { close: () => void }) {
  const session = useSession()
  const { link, held } = useFeed()
  const isFile = useSessionState((state) => state.file !== null)
  const gone = useSessionState(isGone)
  if (isFile) {
    return (
      <>
        A recording from a file is shown, and was made as it was made.{' '}
        <button
          type="button"
          className="inline"
          onClick={() => {
            close()
            session.closeFile()
          }}
        >
          Back to the page
        </button>
      </>
    )
  }
  if (gone) return 'The document that is shown has gone. Others are recorded like that.'
  if (link.state !== 'live') return 'Nothing is recorded now. The next page that is will be recorded like that.'
  if (held === null) return null
  switch (held.state) {
    case 'wanted':
      return 'This page is recorded like that now.'
    case 'own':
      return `The recorder in this page is another version, and keeps ${listed(held.settings.map((name) => settingWords[name]))} as it was.`
    case 'fixed':
      return 'The recorder in this page is older and has no settings: it goes on as it began. Reload and record to have them.'
    case 'unknown':
      return 'Something in this page answers in the place of the recorder: how it is recorded is not known.'
    default:
      return assertUnreachable(held)
  }
}
