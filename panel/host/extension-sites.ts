// Recording sites always, in DevTools: what the person wants is kept in the panel's settings, what the browser does about it is
// asked of the browser, and the picture says how the two stand.

import browser from 'webextension-polyfill'
import { describeInspectedPage } from './inspected-window'
import {
  type Origin,
  type PageSite,
  type RecordedSite,
  type RecordedSites,
  type SitesPicture,
  type Standing,
  siteOf,
} from './recorded-sites'
import { readSetting, writeSetting } from './settings'
import { askFor, giveBack, hasAccess, script, scriptedSites, unscript, watchAccess } from './site-scripts'

const SETTING = 'recorded-sites'

/** Starts to follow the inspected page and its site. */
export function extensionSites(): RecordedSites {
  let picture: SitesPicture = { page: { origin: null, why: 'Looking at the page…' }, sites: [] }
  /** The address of the inspected page; null until it is known. */
  let url: string | null = null
  let sites: readonly RecordedSite[] = []
  /** What the browser was asked for, and what came of it where nothing did. */
  const asked = new Map<Origin, Standing>()
  const listeners = new Set<() => void>()
  /** One after the other, so that the newest look is the last. */
  let looking: Promise<void> = Promise.resolve()

  function show(): void {
    picture = { page: url === null ? picture.page : pageSite(url), sites }
    for (const listener of [...listeners]) listener()
  }

  async function lookOnce(): Promise<void> {
    sites = await recordedSites()
    show()
  }

  function look(): Promise<void> {
    // It fails where the extension is taken away at this moment; DevTools closes then.
    looking = looking.then(lookOnce).catch(() => {})
    return looking
  }

  function pageSite(url: string): PageSite {
    const site = siteOf(url)
    return site.origin === null ? site : { origin: site.origin, standing: standing(site.origin) }
  }

  function standing(origin: Origin): Standing {
    const wanted = sites.find((site) => site.origin === origin)?.standing
    if (wanted?.state === 'recorded') return wanted
    return asked.get(origin) ?? wanted ?? { state: 'off' }
  }

  /** Does something about a site, and shows what became of it. */
  async function act(origin: Origin, work: () => Promise<Standing | null>): Promise<void> {
    const outcome = await work().catch(failure)
    if (outcome === null) asked.delete(origin)
    else asked.set(origin, outcome)
    await look()
  }

  browser.devtools.network.onNavigated.addListener((to) => {
    url = to
    for (const [origin, { state }] of asked) if (state !== 'asking') asked.delete(origin)
    void look()
  })
  addEventListener('contextvars:shown', () => void look())
  watchAccess(() => void look())
  const unknown = { url: '' }
  void describeInspectedPage()
    .catch(() => unknown)
    .then((page) => {
      url ??= page.url
      return look()
    })

  return {
    get picture() {
      return picture
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    look: () => void look(),
    record(origin) {
      const answer = askFor(origin)
      asked.set(origin, { state: 'asking' })
      show()
      void act(origin, async () => {
        if (!(await answer)) return { state: 'refused' }
        // Whatever is wanted and not done yet, the next look does.
        want(new Set([...wanted(), origin]))
        return null
      })
    },
    forget(origin) {
      sites = sites.filter((site) => site.origin !== origin)
      asked.delete(origin)
      show()
      void act(origin, async () => {
        const rest = wanted()
        rest.delete(origin)
        want(rest)
        await unscript(origin)
        // Whether or not it can be given back: nothing is recorded there any more.
        await giveBack(origin, rest.size === 0).catch(() => {})
        return null
      })
    },
    reloadPage: () => void browser.devtools.inspectedWindow.reload(),
  }
}

/** What is wanted, with what the browser does about it. Where it has no script, or forgot it, it is told. */
async function recordedSites(): Promise<RecordedSite[]> {
  const scripted = await scriptedSites()
  const origins = [...new Set([...wanted(), ...scripted])].sort()
  return Promise.all(
    origins.map(async (origin) => {
      if (!(await hasAccess(origin))) return { origin, standing: { state: 'no-access' } }
      const failed = scripted.includes(origin) ? null : await script(origin).then(() => null, failure)
      return { origin, standing: failed ?? { state: 'recorded' } }
    }),
  )
}

function wanted(): Set<Origin> {
  const sites = (readSetting(SETTING) ?? '').split('\n').map(siteOf)
  return new Set(sites.flatMap(({ origin }) => (origin === null ? [] : [origin])))
}

const want = (origins: ReadonlySet<Origin>): void => writeSetting(SETTING, [...origins].join('\n'))

const failure = (error: unknown): { state: 'failed'; why: string } => ({
  state: 'failed',
  why: error instanceof Error ? error.message : String(error),
})
