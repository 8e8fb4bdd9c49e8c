// Puts what was made on the clipboard, and says that it is there, or why it is not.

import { copyText } from '../host/clipboard'
import type { Outcome } from '../session/export'
import { useNotice } from './Notices'

export function useCopy(): (made: Outcome<string>, done: string) => Promise<void> {
  const say = useNotice()
  return async (made, done) => {
    if (!made.ok) say(made.error)
    else say((await copyText(made.value)) ? done : 'The browser did not let the panel copy')
  }
}
