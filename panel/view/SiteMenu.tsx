// Whether the inspected page's site is recorded at every load, at a glance; and below the button, once it is pressed, the switch
// with what it means, and every other site of that kind.

import type { PageSite, RecordedSites, SitesPicture } from '../host/recorded-sites'
import { assertUnreachable } from './assert-unreachable'
import { useHost } from './host-context'
import { AlwaysIcon, SeverityIcon } from './icons'
import { SiteSwitch } from './SiteSwitch'
import { useSitesPicture } from './sites-hook'
import { ToolMenu } from './ToolMenu'

export function SiteMenu() {
  const { sites } = useHost()
  const picture = useSitesPicture()
  if (sites === null || picture === null) return null
  const { page } = picture
  return (
    <ToolMenu
      tool={
        <>
          {glance(page) === 'No access' ? (
            <SeverityIcon severity="warning" />
          ) : (
            <AlwaysIcon on={glance(page) === 'Always recorded'} />
          )}
          <span>{glance(page)}</span>
        </>
      }
      title="Record this site at every load, without pressing a button"
      toolClass="always-recorded"
      label="Sites that are always recorded"
      menuClass="sites"
      onOpen={() => sites.look()}
    >
      {(close) => (
        <>
          {page.origin === null ? (
            <p>{page.why}</p>
          ) : (
            <SiteSwitch sites={sites} origin={page.origin} standing={page.standing} close={close} />
          )}
          <OtherSites sites={sites} picture={picture} />
        </>
      )}
    </ToolMenu>
  )
}

function glance(page: PageSite): string {
  if (page.origin === null) return 'Always record'
  const { state } = page.standing
  switch (state) {
    case 'off':
    case 'refused':
    case 'failed':
      return 'Always record'
    case 'asking':
      return 'Asking…'
    case 'recorded':
      return 'Always recorded'
    case 'no-access':
      return 'No access'
    default:
      return assertUnreachable(state)
  }
}

function OtherSites({ sites, picture }: { sites: RecordedSites; picture: SitesPicture }) {
  const others = picture.sites.filter(({ origin }) => origin !== picture.page.origin)
  if (others.length === 0) return null
  return (
    <>
      <h2>Other sites that are always recorded</h2>
      <ul>
        {others.map(({ origin, standing }) => (
          <li key={origin}>
            <span className="site">{origin}</span>
            {standing.state === 'no-access' && <span className="badge lost">no access</span>}
            {standing.state === 'failed' && <span className="badge lost">{standing.why}</span>}
            <button type="button" className="inline" onClick={() => sites.forget(origin)}>
              Remove<span className="heard-only"> {origin}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
