// Dark mode: a setting of the whole page lives in the base context, follows the system until somebody chooses, and a preview shows the
// other one for a moment.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { type Program, sleep } from '../program'

type Theme = 'light' | 'dark'

const theme = new ContextVar<Theme>('theme', { default: 'light' })
const scale = new ContextVar('scale', { default: 1 })

/** What the system prefers, as `matchMedia` tells it. */
class Preference extends EventTarget {
  matches = false
  change(matches: boolean): void {
    this.matches = matches
    this.dispatchEvent(new Event('change'))
  }
}

const painted: string[] = []
const paint = (what: string) => painted.push(`${what}: ${theme.get()} ${scale.get()}`)

class Settings {
  #chosen: Token<Theme> | null = null
  readonly #stored = new Map<string, string>()

  constructor(readonly system: Preference) {
    system.addEventListener('change', () => {
      if (!this.#stored.has('theme')) this.#apply(system.matches ? 'dark' : 'light')
    })
  }

  choose(wanted: Theme): void {
    this.#stored.set('theme', wanted)
    this.#apply(wanted)
  }

  followSystem(): void {
    this.#stored.delete('theme')
    this.#apply(this.system.matches ? 'dark' : 'light')
  }

  /** One at a time: what was chosen before is taken back first. */
  #apply(wanted: Theme): void {
    if (this.#chosen !== null) theme.reset(this.#chosen)
    this.#chosen = wanted === 'light' ? null : theme.set(wanted)
    paint('page')
  }
}

function preview(wanted: Theme): void {
  copyContext().run(() => {
    theme.set(wanted)
    paint('preview')
  })
}

async function zoomed(by: number): Promise<void> {
  using _ = scale.set(scale.get() * by)
  await sleep(4)
  paint('zoomed')
}

export const program: Program = {
  async run() {
    const settings = new Settings(new Preference())
    paint('start')
    preview('dark')
    settings.choose('dark')
    setTimeout(() => paint('timer'), 1)
    await zoomed(2)
    preview('light')
    settings.choose('light')
    setTimeout(() => paint('timer'), 1)
    await zoomed(2)
    settings.followSystem()
    return painted
  },
  setsForGood: ['theme'],
  comesTo: [
    'start: light 1',
    'preview: dark 1',
    'page: dark 1',
    'timer: dark 1',
    'zoomed: dark 2',
    'preview: light 1',
    'page: light 1',
    'timer: light 1',
    'zoomed: light 2',
    'page: light 1',
  ],
}
