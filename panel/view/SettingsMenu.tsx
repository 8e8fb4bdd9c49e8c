// How pages are recorded, below its button: each choice with what it costs, and what the page that is shown made of it.

import { type ReactNode, useId } from 'react'
import { CHOICES, type Choices, DEFAULT_CHOICES, LOG_SIZES, type LogSize } from '../host/recording-choices'
import { useSessionState } from '../session/hooks'
import { useChoices } from './choices-hook'
import { HeldWords } from './HeldWords'
import { useHost } from './host-context'
import { SettingsIcon } from './icons'
import { PreserveSwitch } from './PreserveSwitch'
import { ToolMenu } from './ToolMenu'
import { withheldWords } from './withheld-words'
import { grouped, megabytes } from './words'

export function SettingsMenu() {
  return (
    <ToolMenu
      tool={
        <>
          <SettingsIcon />
          <span>Settings</span>
        </>
      }
      title="How much is recorded, and what that costs the page"
      toolClass="settings"
      label="How pages are recorded"
      menuClass="recording-settings"
    >
      {(close) => (
        <>
          <PreserveSwitch inMenu />
          <Settings />
          <p className="standing" aria-live="polite">
            <HeldWords close={close} />
          </p>
          <WithheldList />
        </>
      )}
    </ToolMenu>
  )
}

/** What somebody misses who knows the panel from another browser. */
function WithheldList() {
  const { withheld } = useHost()
  if (withheld.length === 0) return null
  return (
    <section aria-label="What this browser does not allow">
      <h2>What this browser does not allow</h2>
      <ul className="withheld">
        {withheld.map((what) => (
          <li key={what}>{withheldWords[what]}</li>
        ))}
      </ul>
    </section>
  )
}

const stackWords: Record<Choices['stacks'], string> = {
  all: 'All, within a budget',
  sampled: 'Sampled',
  none: 'None',
}

const logWords = (log: LogSize): string => {
  const { facts, bytes } = LOG_SIZES[log]
  return `${grouped(facts)} facts, ${megabytes(bytes)} MB`
}

const callbackWords: Record<Choices['callbacks'], string> = { counted: 'Counted', told: 'Each recorded' }

const zoneWords: Record<Choices['zones'], string> = { ignored: 'Ignored', shown: 'Shown as contexts' }

const toldWords: Record<Choices['outlived' | 'listeners' | 'effectless'], string> = {
  ignored: 'Ignored',
  told: 'Told as notes',
}

const credentialWords: Record<Choices['credentials'], string> = { hidden: 'Hidden', shown: 'Shown' }

function Settings() {
  const { recording } = useHost()
  const choices = useChoices()
  const isFile = useSessionState((state) => state.file !== null)
  const isDefault = CHOICE_NAMES.every((name) => choices[name] === DEFAULT_CHOICES[name])
  return (
    <fieldset className="all-settings" disabled={isFile}>
      <legend className="heard-only">Settings of the recording</legend>
      <Setting
        name="stacks"
        title="Call stacks"
        words={(value) => stackWords[value]}
        cost="They cost the most: up to 5 % of the page’s time, beyond which they are sampled. Without its stack a fact has no line."
      />
      <Setting
        name="log"
        title="The page’s log"
        words={logWords}
        cost="It takes that much of the page’s memory at most; then the oldest facts go, which shows as a gap."
      />
      <Setting
        name="callbacks"
        title="Callbacks that touch nothing"
        words={(value) => callbackWords[value]}
        cost="Recorded, each takes some five microseconds and three facts, so the log is full sooner."
      />
      <Setting
        name="credentials"
        title="Credentials"
        words={(value) => credentialWords[value]}
        cost="Values whose names tell of a password, a token, a cookie or a session, and what looks like one. This holds for what is read from now on; exports never have them."
      />
      <Setting
        name="zones"
        title="Zones of the page’s own zone.js"
        words={(value) => zoneWords[value]}
        cost="For applications of Angular and others, from the next Reload and record on, in the top document: each zone with its properties, to be looked at only. Contexts of the page’s own are shown beside them, where its runtime is loaded before the first zone is made."
      />
      <Setting
        name="outlived"
        title="Values that outlive their work"
        words={(value) => toldWords[value]}
        cost="Work that goes on with a value of work that is over, while the same line sets another elsewhere: a queue or a writer that keeps the user of its first caller. To finish what somebody began looks the same, so it is told only where it is asked for."
      />
      <Setting
        name="listeners"
        title="Listeners in another context"
        words={(value) => toldWords[value]}
        cost="Those that did not find what the function which added them had set by then, because they run where their event is dispatched. That is how listeners are meant to run."
      />
      <Setting
        name="effectless"
        title="Variables without effect"
        words={(value) => toldWords[value]}
        cost="Those that are set and never read, read and never set, or set to what they were. Most are meant to be so, and whether somebody will read a value is known only at the end."
      />
      {/* Disabled, it would lose the focus at its own click. */}
      <button type="button" className="inline" aria-disabled={isDefault} onClick={() => recording.restore()}>
        Restore defaults
      </button>
    </fieldset>
  )
}

const CHOICE_NAMES = Object.keys(CHOICES) as (keyof Choices)[]

interface SettingProps<Name extends keyof Choices> {
  name: Name
  title: string
  words: (value: Choices[Name]) => string
  cost: ReactNode
}

function Setting<Name extends keyof Choices>({ name, title, words, cost }: SettingProps<Name>) {
  const { recording } = useHost()
  const chosen = useChoices()[name]
  const id = useId()
  return (
    <fieldset aria-describedby={id}>
      <legend>{title}</legend>
      {CHOICES[name].map((value) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => recording.choose({ [name]: value })}
          />
          {words(value)}
        </label>
      ))}
      <p className="quiet" id={id}>
        {cost}
      </p>
    </fieldset>
  )
}
