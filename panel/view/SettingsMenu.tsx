// How pages are recorded, below its button: each choice with what it costs, and what the page that is shown made of it.

import { type ReactNode, useId } from 'react'
import { CHOICES, type Choices, DEFAULT_CHOICES, LOG_SIZES, type LogSize } from '../host/recording-choices'
import { useSessionState } from '../session/hooks'
import { useChoices } from './choices-hook'
import { HeldWords } from './HeldWords'
import { useHost } from './host-context'
import { SettingsIcon } from './icons'
import { ToolMenu } from './ToolMenu'
import { megabytes } from './words'

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
          <Settings />
          <p className="standing" aria-live="polite">
            <HeldWords close={close} />
          </p>
        </>
      )}
    </ToolMenu>
  )
}

const stackWords: Record<Choices['stacks'], string> = {
  all: 'All, within a budget',
  sampled: 'Sampled',
  none: 'None',
}

const logWords = (log: LogSize): string => {
  const { facts, bytes } = LOG_SIZES[log]
  return `${facts.toLocaleString('en')} facts, ${megabytes(bytes)} MB`
}

const callbackWords: Record<Choices['callbacks'], string> = { counted: 'Counted', told: 'Each recorded' }

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
