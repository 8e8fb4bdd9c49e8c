// The keyboard among the parts of the panel: F6 goes on to the next, Shift+F6 to the one before. And a focus whose place is there no more,
// since a button did away with itself, or a narrow panel turned to another part, goes on to where that was instead of nowhere.

import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { useSession } from '../session/hooks'
import type { Session } from '../session/session'
import type { Part } from '../session/state'

/** In the order of the screen. Of the banners, those that offer something. */
const PARTS = ['.toolbar', '.banners:has(button)', '.contexts', '.details', '.drawer', '.workspace-empty']
/** Those that a narrow panel shows one at a time. */
const ONE_AT_A_TIME: readonly Part[] = ['contexts', 'details', 'drawer']
/** What may lose what had the focus in it, and takes it then. */
const PLACES = ['[role="dialog"]', '.scrubber', ...PARTS].join()
/** Where to go when nothing is left of the place. */
const NEXT_BEST = ['.contexts', '.details', '.drawer', '.workspace-empty', '.toolbar']

/** Where a part is entered by the Tab key is where it is entered by any other. */
const ENTRY = '[role="treeitem"][tabindex="0"], [role="tab"][aria-selected="true"], input[type="range"]'
const STOP = ':is(button, input, select, textarea):not(:disabled, [tabindex="-1"]), summary, [tabindex="0"]'

export function usePartFocus(): void {
  const session = useSession()
  useEffect(() => {
    const ends = [goByKey(session), keepFocus()]
    return () => {
      for (const end of ends) end()
    }
  }, [session])
}

function goByKey(session: Session): () => void {
  const handle = (event: KeyboardEvent) => {
    if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    // A menu that is left is closed, and gives the focus back to its button.
    document.querySelector<HTMLElement>('[popover="auto"]:popover-open')?.hidePopover()
    const next = neighbour(event.shiftKey)
    if (next === undefined) return
    const part = ONE_AT_A_TIME.find((one) => next.classList.contains(one))
    if (part !== undefined) flushSync(() => session.show(part))
    enter(next)
  }
  addEventListener('keydown', handle)
  return () => removeEventListener('keydown', handle)
}

/** The part after the one that has the focus, or before it, and around the end. What lies between two is after the first. */
function neighbour(backwards: boolean): HTMLElement | undefined {
  const parts = PARTS.flatMap((part) => document.querySelector<HTMLElement>(part) ?? [])
  const focused = document.activeElement ?? document.body
  const begins = (part: HTMLElement) =>
    part === focused || (part.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  const here = parts.filter(begins).length - 1
  if (!backwards) return parts[(here + 1) % parts.length]
  return parts.at(parts[here]?.contains(focused) ? here - 1 : here)
}

function keepFocus(): () => void {
  /** What has the focus, and what that lies in, innermost first; nothing where somebody left it for nowhere. */
  let held: HTMLElement[] = []
  const note = ({ target }: Event) => {
    held = []
    for (let at = target; at instanceof HTMLElement; at = at.parentElement) held.push(at)
  }
  // Of what is gone engines do not agree whether it is told that it lost the focus; so what is still there tells who left.
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return
    queueMicrotask(() => {
      if (!document.hasFocus() || document.activeElement !== document.body) return
      if (canHold(held[0])) held = []
      else goOn()
    })
  }
  const look = (changes: readonly MutationRecord[]) => {
    const focused = document.activeElement
    // Whether something is hidden costs a look at the styles, so that is asked only where it may be so.
    const mayBeHidden = focused === held[0] && changes.some(({ type }) => type === 'attributes')
    if (focused === document.body || mayBeHidden) goOn()
  }
  const goOn = () => {
    if (held.length === 0 || !document.hasFocus() || canHold(held[0])) return
    const place = held.find((one) => one.matches(PLACES) && isShown(one)) ?? nextBest()
    if (place !== undefined) enter(place)
  }
  // Whoever points somewhere is not waiting for it any more.
  const point = () => {
    if (!canHold(held[0])) held = []
  }
  const observer = new MutationObserver(look)
  document.addEventListener('pointerdown', point, true)
  document.addEventListener('focusin', note)
  document.addEventListener('focusout', leave)
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'data-part'],
  })
  return () => {
    observer.disconnect()
    document.removeEventListener('pointerdown', point, true)
    document.removeEventListener('focusin', note)
    document.removeEventListener('focusout', leave)
  }
}

const nextBest = (): HTMLElement | undefined =>
  NEXT_BEST.flatMap((part) => document.querySelector<HTMLElement>(part) ?? []).find(isShown)

const isShown = (element: HTMLElement): boolean => element.isConnected && element.checkVisibility()

const canHold = (element: HTMLElement | undefined): boolean =>
  element !== undefined && isShown(element) && !element.matches(':disabled')

function enter(place: HTMLElement): void {
  // A tree that was out of sight has no rows before it was measured.
  const tree = place.querySelector('.tree')
  if (tree !== null && tree.querySelector(ENTRY) === null && place.checkVisibility()) {
    const rows = new MutationObserver(() => {
      if (tree.querySelector(ENTRY) === null) return
      rows.disconnect()
      enter(place)
    })
    rows.observe(tree, { subtree: true, childList: true })
    return
  }
  const entry =
    place.tabIndex === -1 && place.hasAttribute('tabindex') ? place : place.querySelector<HTMLElement>(ENTRY)
  const to = entry ?? [...place.querySelectorAll<HTMLElement>(STOP)].find(isShown)
  to?.focus()
}
