// Sites that are recorded at every load, as the views know them: which they are, and how the one of the inspected page stands.

declare const brand: unique symbol
/** `https://shop.test:8443`, of http or https: what the browser can be asked for. */
export type Origin = string & { readonly [brand]: 'Origin' }

/**
 * How a site that is wanted stands.
 * - `no-access`: the browser withholds the site from this extension, so nothing of it is recorded
 * - `failed`: the browser did not do what it was asked for (`why` is its word)
 */
export type WantedStanding = { state: 'recorded' } | { state: 'no-access' } | { state: 'failed'; why: string }

/**
 * How any site stands.
 * - `asking`: the browser asks the person
 * - `refused`: the person said no
 */
export type Standing = WantedStanding | { state: 'off' } | { state: 'asking' } | { state: 'refused' }

export interface RecordedSite {
  origin: Origin
  standing: WantedStanding
}

/** The inspected page's site; where it has none, a sentence says why. */
export type PageSite = { origin: Origin; standing: Standing } | { origin: null; why: string }

export interface SitesPicture {
  page: PageSite
  sites: readonly RecordedSite[]
}

export interface RecordedSites {
  /** The same object until something changes. */
  readonly picture: SitesPicture
  /** Tells of changes; returns what ends it. */
  subscribe(listener: () => void): () => void
  /** Looks again: other windows change the same sites, and do not tell. */
  look(): void
  /** Has the browser ask for a site and records it from its next load on. To be called within a click. */
  record(origin: Origin): void
  /** Ends it from the next load on, and gives the access back. */
  forget(origin: Origin): void
  reloadPage(): void
}

/** A page of the browser itself, or of its store. */
export const CLOSED_PAGE = { origin: null, why: 'The browser keeps extensions away from this page.' } as const

/** The site of an address, or why it is none that the browser could be asked for. */
export function siteOf(url: string): { origin: Origin } | { origin: null; why: string } {
  if (!URL.canParse(url)) return CLOSED_PAGE
  const { protocol, origin } = new URL(url)
  if (protocol === 'http:' || protocol === 'https:') return { origin: origin as Origin }
  return { origin: null, why: `Only sites of http and https can be recorded always, and this is a page of ${protocol}` }
}
