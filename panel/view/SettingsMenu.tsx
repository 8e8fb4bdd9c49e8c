// How pages are recorded, below its button: each choice with what it costs, and what the page that is shown made of it.

import { useId } from 'react'
import { CHOICES, type Choices, DEFAULT_CHOICES, LOG_SIZES, type LogSize } from '../host/recording-choices'
import { useSessionState } from '../session/hooks'
import { useChoices } from './choices-hook'
import { HeldWords } from './HeldWords'
import { useHost } from './host-context'
import { SettingsIcon } from './icons'
import { ListenerWords } from './ListenerWords'
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
          <ListenerWords />
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

const logWords = (log: LogSize): string => {
  const { facts, bytes } = LOG_SIZES[log]
  return `${grouped(facts)} facts, ${megabytes(bytes)} MB`
}

interface Words<Value extends string> {
  title: string
  values: Record<Value, string>
  /** What it costs, or what it leaves out. */
  cost: string
}

/** As they stand below each other. */
const WORDS: { readonly [Name in keyof Choices]: Words<Choices[Name]> } = {
  stacks: {
    title: 'Call stacks',
    values: { all: 'All, within a budget', sampled: 'Sampled', none: 'None' },
    cost: 'They cost the most: up to 5 % of the page’s time, beyond which they are sampled. Without its stack a fact has no line.',
  },
  previews: {
    title: 'Pictures of values',
    values: {
      small: 'Small: 4 properties, 40 characters',
      usual: 'Usual: 12 properties on 2 levels, 200 characters',
      large: 'Large: 20 properties on 3 levels, 1,000 characters',
    },
    cost: 'What is recorded of a value when it is set, from now on. A large one of a large object takes the page a millisecond, and fills the log sooner. What lives now can be looked into whatever its picture shows.',
  },
  log: {
    title: 'The page’s log',
    values: { small: logWords('small'), usual: logWords('usual'), large: logWords('large') },
    cost: 'It takes that much of the page’s memory at most; then the oldest facts go, which shows as a gap.',
  },
  callbacks: {
    title: 'Callbacks that touch nothing',
    values: { counted: 'Counted', told: 'Each recorded' },
    cost: 'Recorded, each takes some five microseconds and three facts, so the log is full sooner.',
  },
  events: {
    title: 'Listeners where a page has no runtime',
    values: {
      cause: 'As their event’s cause suggests',
      registration: 'Where they were added',
      dispatch: 'Where it is dispatched',
    },
    cost: 'Which context they run in, for who tries globalThis.contextvars in a page that brings no runtime; from the next Reload and record on. An application that brings one says so itself: install({ events }).',
  },
  credentials: {
    title: 'Credentials',
    values: { hidden: 'Hidden', shown: 'Shown' },
    cost: 'Values named like a password, a token, a cookie or a session, and what looks like one; from now on. Exports never have them.',
  },
  zones: {
    title: 'Zones of the page’s own zone.js',
    values: { ignored: 'Ignored', shown: 'Shown as contexts' },
    cost: 'For applications of Angular and others, from the next Reload and record on, in the top document, to be looked at only. The page’s own contexts stand beside them where its runtime is loaded before the first zone.',
  },
  outlived: {
    title: 'Values that outlive their work',
    values: { ignored: 'Ignored', told: 'Told as notes' },
    cost: 'Work that goes on with a value of work that is over: a queue or a writer that keeps the user of its first caller. To finish what somebody began looks the same.',
  },
  listeners: {
    title: 'Listeners in another context',
    values: { ignored: 'Ignored', told: 'Told as notes' },
    cost: 'Those that did not find what the function which added them had set, because they run where their event is dispatched, as listeners are meant to.',
  },
  effectless: {
    title: 'Variables without effect',
    values: { ignored: 'Ignored', told: 'Told as notes' },
    cost: 'Those that are set and never read, read and never set, or set to what they were. Most are meant to be so, or are read later.',
  },
}

const NAMES = Object.keys(WORDS) as (keyof Choices)[]

function Settings() {
  const { recording } = useHost()
  const choices = useChoices()
  const isFile = useSessionState((state) => state.file !== null)
  const isDefault = NAMES.every((name) => choices[name] === DEFAULT_CHOICES[name])
  return (
    <fieldset className="all-settings" disabled={isFile}>
      <legend className="heard-only">Settings of the recording</legend>
      {NAMES.map((name) => (
        <Setting key={name} name={name} />
      ))}
      {/* Disabled, it would lose the focus at its own click. */}
      <button type="button" className="inline" aria-disabled={isDefault || isFile} onClick={() => recording.restore()}>
        Restore defaults
      </button>
    </fieldset>
  )
}

function Setting<Name extends keyof Choices>({ name }: { name: Name }) {
  const { title, values, cost } = WORDS[name]
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
          {values[value]}
        </label>
      ))}
      <p className="quiet" id={id}>
        {cost}
      </p>
    </fieldset>
  )
}
