// What can be done with a value: taken along, handed to the Console, led back to the line that set it, paused at.

import type { ContextId, LiveStep, Preview } from '../../runtime/protocol'
import { copyText } from '../host/clipboard'
import type { HeldRow } from '../model/selectors/details'
import { frameAt } from '../model/selectors/frames'
import { pathText, valueText } from '../model/selectors/live'
import { VARIABLE_BREAKS } from '../session/breaks'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import type { Session } from '../session/session'
import { isGone } from '../session/state'
import { breakWords } from './BreakMenu'
import type { MenuContents, MenuItem } from './ContextMenu'
import { useHost } from './host-context'
import { useNotice } from './Notices'
import { liveWords } from './words'

/** As much of a text or of a list as is asked for, copied and shown. */
export const MOST_CHARACTERS = 10_000
export const MOST_ENTRIES = 1_000

/** Whether the page can be asked for what a context holds now, and that is what is shown. */
export function useIsLive(): boolean {
  const { live } = useFeed()
  const isNow = useSessionState(({ file, past }) => file === null && past === null)
  const gone = useSessionState(isGone)
  return live !== null && isNow && !gone
}

/** Defaults are the variable's own: no context holds them, so nobody can be asked. */
export const isHeld = ({ from }: HeldRow): boolean => from === 'own' || from === 'inherited'

/** The menu of a value, or of what is at the end of a path into it. */
export function useValueMenu(
  context: ContextId,
  row: HeldRow,
): (path: readonly LiveStep[], shown: Preview | null) => MenuContents {
  const session = useSession()
  const host = useHost()
  const say = useNotice()
  const { timeline } = useFeed()
  const isLive = useIsLive()
  const { variable, name, stack } = row
  const frame = frameAt(timeline.stacks, stack, 0)
  const canAsk = isLive && isHeld(row)

  return (path, shown) => {
    const copy = async (text: string, what: string) => {
      const done = await copyText(text)
      say(done ? `${what} copied` : 'The browser did not let it be copied')
    }
    const items: MenuItem[] = []
    if (shown !== null) {
      items.push({
        label: 'Copy value',
        run: async () => {
          const ask = {
            ask: 'value',
            context,
            variable,
            path,
            count: MOST_ENTRIES,
            length: MOST_CHARACTERS,
          } as const
          const reply = canAsk ? await session.askLive(ask) : null
          await copy(valueText(reply?.state === 'value' ? reply.value : shown), 'Value')
        },
      })
    }
    items.push({ label: 'Copy path', run: () => void copy(pathText(name, path), 'Path') })
    if (canAsk) {
      items.push({
        label: 'Store as global variable',
        run: async () => say(liveWords(await session.askLive({ ask: 'store-value', context, variable, path }))),
      })
    }
    const groups = [items]
    if (frame !== null) {
      const open = async () => {
        if ((await host.openSource(frame)) === 'copied') say('Position copied')
      }
      groups.push([
        {
          label: placeLabel(host.withheld.includes('lines') ? 'Copy' : 'Go to', row),
          run: () => void open(),
        },
      ])
    }
    if (host.hasPage && path.length === 0) groups.push(breakItems(session, name))
    return { label: pathText(name, path), groups }
  }
}

const placeLabel = (verb: 'Copy' | 'Go to', { from }: HeldRow): string =>
  `${verb} where it was ${from === 'default' ? 'made' : 'set'}`

const breakItems = ({ breaks }: Session, name: string): MenuItem[] =>
  VARIABLE_BREAKS.map((on) => ({
    label: `Pause when it ${breakWords[on]}`,
    checked: breaks.state.chosen[on].includes(name),
    run: () => breaks.toggle(on, name),
  }))
