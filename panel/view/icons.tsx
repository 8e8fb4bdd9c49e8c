// Every drawing of the panel: 16 by 16, in the colour of the text around it, and silent to screen readers, because whatever they
// mean is also said in words.

import type { ReactNode } from 'react'
import type { ContextKind } from '../../runtime/protocol'
import type { Severity } from '../model/finding'

function Drawing({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

/** A document of the page, the one at the top or one in a frame. */
export const FrameIcon = () => (
  <Drawing className="kind document">
    <rect x="2.5" y="3.5" width="11" height="9" rx="1" />
    <path d="M2.5 6h11" />
  </Drawing>
)

/** To be paused at. */
export const BreakIcon = () => (
  <Drawing>
    <path d="M5.4 2.75h5.2l2.65 2.65v5.2l-2.65 2.65H5.4L2.75 10.6V5.4z" />
    <path d="M6.5 5.75v4.5M9.5 5.75v4.5" />
  </Drawing>
)

/** More that can be done. */
export const MoreIcon = () => (
  <Drawing>
    <circle cx="3.5" cy="8" r="1.25" className="filled" />
    <circle cx="8" cy="8" r="1.25" className="filled" />
    <circle cx="12.5" cy="8" r="1.25" className="filled" />
  </Drawing>
)

/** A worker: a part of the machine beside the page. */
export const WorkerIcon = () => (
  <Drawing className="kind document">
    <rect x="4.5" y="4.5" width="7" height="7" rx="1" />
    <path d="M6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14" />
  </Drawing>
)

const kinds: Record<ContextKind, ReactNode> = {
  base: (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <circle cx="8" cy="8" r="1.5" className="filled" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.5" />
      <path d="M3 10V4.5A1.5 1.5 0 0 1 4.5 3H10" />
    </>
  ),
  new: (
    <>
      <rect x="3" y="3" width="10" height="10" rx="1.5" />
      <path d="M8 5.5v5M5.5 8h5" />
    </>
  ),
  task: (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M6.75 5.75 10.5 8l-3.75 2.25z" className="filled" />
    </>
  ),
  callback: (
    <>
      <path d="M3 11.5h6.5a3.25 3.25 0 0 0 0-6.5H4" />
      <path d="M6.5 2.5 4 5l2.5 2.5" />
    </>
  ),
  restored: (
    <>
      <path d="M3 9.5V12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V9.5" />
      <path d="M8 10V3M5.5 5.5 8 3l2.5 2.5" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="5.25" strokeDasharray="2 2" />
      <path d="M8 10.75v.01M6.5 6.6c0-.9.7-1.5 1.5-1.5s1.5.6 1.5 1.4c0 1.1-1.5 1.2-1.5 2.3" />
    </>
  ),
}

export function KindIcon({ kind }: { kind: ContextKind }) {
  return <Drawing className={`kind kind-${kind}`}>{kinds[kind]}</Drawing>
}

const severities: Record<Severity, ReactNode> = {
  error: (
    <>
      <circle cx="8" cy="8" r="6" className="filled" />
      <path d="m5.75 5.75 4.5 4.5m0-4.5-4.5 4.5" className="on-fill" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2 14.5 13.5h-13z" className="filled" strokeLinejoin="round" />
      <path d="M8 6.25v3.5M8 11.5v.01" className="on-fill" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" className="filled" />
      <path d="M8 7.5V11M8 5v.01" className="on-fill" />
    </>
  ),
}

export function SeverityIcon({ severity }: { severity: Severity }) {
  return <Drawing className={`severity severity-${severity}`}>{severities[severity]}</Drawing>
}

export function RecordIcon() {
  return (
    <Drawing className="record">
      <circle cx="8" cy="8" r="4.5" className="filled" />
    </Drawing>
  )
}

/** A recording that begins again and again; filled where it does. */
export function AlwaysIcon({ on }: { on: boolean }) {
  return (
    <Drawing className={on ? 'always on' : 'always'}>
      <path d="M13.25 8a5.25 5.25 0 1 1-1.6-3.75M13.25 2v2.75H10.5" />
      <circle cx="8" cy="8" r="2" className={on ? 'filled' : ''} />
    </Drawing>
  )
}

export function ExportIcon() {
  return (
    <Drawing>
      <path d="M8 3v6.5M5.25 7 8 9.75 10.75 7M3 12.75h10" />
    </Drawing>
  )
}

export function ImportIcon() {
  return (
    <Drawing>
      <path d="M8 9.75v-6.5M5.25 6 8 3.25 10.75 6M3 12.75h10" />
    </Drawing>
  )
}

export function ReportIcon() {
  return (
    <Drawing>
      <rect x="3.5" y="3.5" width="9" height="10" rx="1" />
      <path d="M6 2.5h4v2H6zM6 7.5h4M6 10h4" />
    </Drawing>
  )
}

/** Two sliders. */
export function SettingsIcon() {
  return (
    <Drawing>
      <path d="M2.5 5h5.25M11.25 5h2.25M2.5 11h2.25M8.25 11h5.25" />
      <circle cx="9.5" cy="5" r="1.75" />
      <circle cx="6.5" cy="11" r="1.75" />
    </Drawing>
  )
}

export function FilterIcon() {
  return (
    <Drawing>
      <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
    </Drawing>
  )
}

export function SearchIcon() {
  return (
    <Drawing>
      <circle cx="7" cy="7" r="4" />
      <path d="m10 10 3.5 3.5" />
    </Drawing>
  )
}

export function CloseIcon() {
  return (
    <Drawing>
      <path d="m4.5 4.5 7 7m0-7-7 7" />
    </Drawing>
  )
}

export function PreviousIcon() {
  return (
    <Drawing>
      <path d="m4 10 4-4 4 4" />
    </Drawing>
  )
}

export function NextIcon() {
  return (
    <Drawing>
      <path d="m4 6 4 4 4-4" />
    </Drawing>
  )
}

export function StepBackIcon() {
  return (
    <Drawing>
      <path d="M11.5 4 6.5 8l5 4zM4.5 4v8" />
    </Drawing>
  )
}

export function StepOnIcon() {
  return (
    <Drawing>
      <path d="m4.5 4 5 4-5 4zM11.5 4v8" />
    </Drawing>
  )
}

/** Points right; the style sheet turns it when the thing beside it is open. */
export function Twisty({ open }: { open: boolean }) {
  return (
    <Drawing className={open ? 'twisty open' : 'twisty'}>
      <path d="M6 4.5 10.5 8 6 11.5z" className="filled" />
    </Drawing>
  )
}

export function CurrentIcon() {
  return (
    <Drawing className="current-mark">
      <path d="M4 3.5 12 8l-8 4.5z" className="filled" />
    </Drawing>
  )
}

export function FollowIcon() {
  return (
    <Drawing>
      <circle cx="8" cy="8" r="3.25" />
      <path d="M8 1.75v3M8 11.25v3M1.75 8h3M11.25 8h3" />
    </Drawing>
  )
}
