// Switches the inspected page's site between recorded at every load and not: what that means and costs, and what the browser says
// to it.

import type { Origin, RecordedSites, Standing } from '../host/recorded-sites'
import { useSessionState } from '../session/hooks'
import { missedStart } from '../session/state'
import { assertUnreachable } from './assert-unreachable'
import { useNotice } from './Notices'

interface Props {
  sites: RecordedSites
  origin: Origin
  standing: Standing
  /** Closes what this lies in, when its work is done. */
  close: () => void
}

export function SiteSwitch(props: Props) {
  const { sites, origin, standing } = props
  const say = useNotice()
  const wanted = sites.picture.sites.some((site) => site.origin === origin)
  const asking = standing.state === 'asking'
  const turn = () => {
    if (asking) return
    // The browser asks only within the click itself.
    if (!wanted) return sites.record(origin)
    sites.forget(origin)
    say('Not recorded from the next load on')
  }
  return (
    <>
      <label>
        <input type="checkbox" checked={wanted || asking} onChange={turn} />
        <span>
          Always record <strong className="site">{origin}</strong>
        </span>
      </label>
      <p className="quiet">
        Every load is then recorded from the first script on, frames included, also while DevTools is closed. That costs
        the site’s pages what any recording costs; their log stays small until a panel opens.
      </p>
      <p className="standing" aria-live="polite">
        <StandingWords {...props} />
      </p>
    </>
  )
}

function StandingWords({ sites, origin, standing, close }: Props) {
  const late = useSessionState(missedStart)
  switch (standing.state) {
    case 'off':
      return null
    case 'asking':
      return 'The browser asks whether this extension may read and change the site: answer there.'
    case 'refused':
      return 'The browser was told no, so nothing changes.'
    case 'failed':
      return <>That did not work. The browser says: {standing.why}</>
    case 'recorded':
      if (!late) return null
      return (
        <>
          The page that is open was loaded before that.{' '}
          <button
            type="button"
            className="inline"
            onClick={() => {
              close()
              sites.reloadPage()
            }}
          >
            Reload now
          </button>
        </>
      )
    case 'no-access':
      return (
        <>
          The browser withholds this site from the extension, so its next load is not recorded.{' '}
          <button type="button" className="inline" onClick={() => sites.record(origin)}>
            Ask again
          </button>
        </>
      )
    default:
      return assertUnreachable(standing)
  }
}
