// The menu of a thing on the screen: by a right click, by the menu key, or by its button. One is open at a time; it is left by Escape, by Tab
// or a click elsewhere, and gives the focus back. After the WAI-ARIA menu pattern.

import {
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { MoreIcon } from './icons'

export interface MenuItem {
  label: string
  run(): void
  /** Of what is switched on and off. */
  checked?: boolean
}

/** What a menu is called, and its items, in groups. */
export interface MenuContents {
  label: string
  groups: readonly (readonly MenuItem[])[]
}

interface Shown extends MenuContents {
  x: number
  y: number
  from: HTMLElement
}

const MenuContext = createContext<(shown: Shown) => void>(() => {})

/** From the edges of the panel. */
const MARGIN = 4

export function ContextMenus({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const menu = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLElement>(null)
  const close = useCallback(() => {
    if (menu.current?.contains(document.activeElement)) opener.current?.focus()
    setShown(null)
  }, [])

  useLayoutEffect(() => {
    const element = menu.current
    if (shown === null || element === null) return
    opener.current = shown.from
    if (!element.matches(':popover-open')) element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    element.style.left = `${Math.max(MARGIN, Math.min(shown.x, innerWidth - width - MARGIN))}px`
    element.style.top = `${Math.max(MARGIN, Math.min(shown.y, innerHeight - height - MARGIN))}px`
    itemsOf(element)[0]?.focus()
  }, [shown])

  useEffect(() => {
    if (shown === null) return
    // A popover that closes by itself would do so when the very click that opens it is over.
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && menu.current?.contains(target))) close()
    }
    addEventListener('pointerdown', elsewhere, true)
    addEventListener('blur', close)
    addEventListener('resize', close)
    return () => {
      removeEventListener('pointerdown', elsewhere, true)
      removeEventListener('blur', close)
      removeEventListener('resize', close)
    }
  }, [shown, close])

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = itemsOf(event.currentTarget)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = targetOf(event.key, items, at)
    // On from there, to the next part of the panel.
    if (event.key === 'F6') return close()
    if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (to === null) return
    else items[to]?.focus()
    // DevTools would take Escape for itself.
    event.stopPropagation()
    event.preventDefault()
  }

  return (
    <MenuContext value={setShown}>
      {children}
      {shown !== null && (
        <div
          ref={menu}
          popover="manual"
          role="menu"
          aria-label={shown.label}
          tabIndex={-1}
          className="context-menu"
          onKeyDown={press}
        >
          {shown.groups.map((group, index) => (
            <div key={group[0]?.label} role="presentation">
              {index > 0 && <hr />}
              {group.map((item) => (
                <Item key={item.label} item={item} close={close} />
              ))}
            </div>
          ))}
        </div>
      )}
    </MenuContext>
  )
}

function Item({ item: { label, checked, run }, close }: { item: MenuItem; close: () => void }) {
  const choose = () => {
    // First, so that what runs finds the focus where it was.
    close()
    run()
  }
  const props = { type: 'button', tabIndex: -1, onClick: choose } as const
  return checked === undefined ? (
    <button role="menuitem" {...props}>
      <span className="mark" />
      {label}
    </button>
  ) : (
    <button role="menuitemcheckbox" aria-checked={checked} {...props}>
      <span className="mark">{checked ? '✓' : ''}</span>
      {label}
    </button>
  )
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

/** Where a key leads; null for those that mean nothing here. */
function targetOf(key: string, items: readonly HTMLElement[], at: number): number | null {
  const many = items.length
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % many
    case 'ArrowUp':
      return (Math.max(at, 0) + many - 1) % many
    case 'Home':
      return 0
    case 'End':
      return many - 1
    default: {
      if (key.length !== 1 || key === ' ') return null
      const begins = (item: HTMLElement | undefined) =>
        item?.textContent?.replace('✓', '').toLowerCase().startsWith(key.toLowerCase())
      for (let step = 1; step <= many; step++) if (begins(items[(at + step) % many])) return (at + step) % many
      return null
    }
  }
}

/** What opens a menu on a right click, and by the keys that mean the same. */
export function useContextMenu(contents: () => MenuContents): (event: MouseEvent<HTMLElement>) => void {
  const show = useContext(MenuContext)
  return (event) => {
    // Of things within each other, the innermost one has its say.
    if (event.defaultPrevented) return
    event.preventDefault()
    const from = openerOf(event)
    const box = from.getBoundingClientRect()
    // Keys have no place.
    const isByKey = event.clientX === 0 && event.clientY === 0
    show({ ...contents(), from, x: isByKey ? box.left + 16 : event.clientX, y: isByKey ? box.bottom : event.clientY })
  }
}

/** What gets the focus back: what was pointed at, if it takes the focus, else what had it. */
function openerOf({ currentTarget, target }: MouseEvent<HTMLElement>): HTMLElement {
  const pointed = target instanceof Element ? target.closest<HTMLElement>('button, [tabindex]') : null
  const focused = document.activeElement
  if (pointed !== null && currentTarget.contains(pointed)) return pointed
  return focused instanceof HTMLElement && currentTarget.contains(focused) ? focused : currentTarget
}

/** The same by a button. */
export function MenuButton({ label, contents }: { label: string; contents: () => MenuContents }) {
  const show = useContext(MenuContext)
  return (
    <button
      type="button"
      className="icon-button more-button"
      aria-haspopup="menu"
      title={label}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect()
        show({ ...contents(), from: currentTarget, x: left, y: bottom })
      }}
    >
      <MoreIcon />
      <span className="heard-only">{label}</span>
    </button>
  )
}
