// Taking along what is shown: which part, in which form, what is taken out of it, and what leaves, before it does.

import { type ReactNode, useEffect, useState } from 'react'
import { saveFile } from '../host/file-download'
import { contextLabel } from '../model/selectors/tree'
import { type ExportForm, type ExportPreview, type ExportRequest, gzipped, type Outcome } from '../session/export'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { selectedContext } from '../session/state'
import { useHost } from './host-context'
import { ExportIcon } from './icons'
import { useRedactionText } from './redaction-hook'
import { ToolMenu } from './ToolMenu'
import { count, grouped } from './words'

export function ExportMenu() {
  const { timeline } = useFeed()
  const [opened, setOpened] = useState(false)
  return (
    <ToolMenu
      tool={
        <>
          <ExportIcon />
          <span>Export</span>
        </>
      }
      title="Save this recording as a file that opens again anywhere"
      toolClass="export"
      label="Export"
      menuClass="export-menu"
      disabled={timeline.facts.length === 0}
      onOpen={() => setOpened(true)}
      onClose={() => setOpened(false)}
    >
      {(close) => opened && <ExportChoices close={close} />}
    </ToolMenu>
  )
}

const MB = 1_000_000
const SIZES = [
  { most: null, words: 'Any' },
  { most: 25 * MB, words: 'At most 25 MB' },
  { most: 5 * MB, words: 'At most 5 MB' },
]

const FORMS: { form: ExportForm; words: string }[] = [
  { form: 'json', words: 'Recording (.ctxsnap.json)' },
  { form: 'gzip', words: 'Recording, gzipped (.ctxsnap.json.gz)' },
  { form: 'html', words: 'A page that opens anywhere (.html)' },
  { form: 'trace', words: 'A trace for Perfetto (.trace.json)' },
]

/** Which facts, beside the moment that somebody looks back at. */
const TIMES = {
  all: () => ({ after: null, upTo: null }),
  until: (moment: number | null) => ({ after: null, upTo: moment }),
  since: (moment: number | null) => ({ after: moment, upTo: null }),
}

function ExportChoices({ close }: { close: () => void }) {
  const session = useSession()
  const { reportPage } = useHost()
  const { timeline } = useFeed()
  const selected = useSessionState(selectedContext)
  const past = useSessionState(({ past }) => past?.seq ?? null)
  const [rules, keepRules] = useRedactionText()
  const [part, setPart] = useState<'all' | 'selection'>('all')
  const [time, setTime] = useState<keyof typeof TIMES>('all')
  const [form, setForm] = useState<ExportForm>('json')
  const [most, setMost] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const context = part === 'selection' ? selected : null
  const request: ExportRequest = { context, ...TIMES[time](past), form, most, rules }
  const setRules: typeof keepRules = (text) => {
    setProblem(null)
    keepRules(text)
  }

  const save = async () => {
    const made = await session.export(request)
    if (!made.ok) {
      setProblem(made.error)
      return
    }
    const { name, type, text } = made.value
    saveFile(name, type, form === 'gzip' ? await gzipped(text) : text)
    close()
  }

  return (
    <>
      <Choices legend="What">
        <Choice name="part" checked={part === 'all'} onChoose={() => setPart('all')}>
          All contexts
        </Choice>
        {selected !== null && selected !== timeline.head.base && timeline.head.contexts.has(selected) && (
          <Choice name="part" checked={part === 'selection'} onChoose={() => setPart('selection')}>
            Only {contextLabel(timeline.head, selected)}, what it was copied from and what hangs below it
          </Choice>
        )}
      </Choices>
      {past !== null && (
        <Choices legend="When">
          <Choice name="time" checked={time === 'all'} onChoose={() => setTime('all')}>
            All that was recorded
          </Choice>
          <Choice name="time" checked={time === 'until'} onChoose={() => setTime('until')}>
            Up to the moment you look at (fact {grouped(past)})
          </Choice>
          <Choice name="time" checked={time === 'since'} onChoose={() => setTime('since')}>
            From that moment on, with what lived then
          </Choice>
        </Choices>
      )}
      <Choices legend="As">
        {FORMS.filter(({ form }) => form !== 'html' || reportPage !== null).map((one) => (
          <Choice key={one.form} name="form" checked={one.form === form} onChoose={() => setForm(one.form)}>
            {one.words}
          </Choice>
        ))}
      </Choices>
      <Choices legend="Size of the recording">
        {SIZES.map((one) => (
          <Choice key={one.words} name="most" checked={one.most === most} onChoose={() => setMost(one.most)}>
            {one.words}
          </Choice>
        ))}
        <p className="quiet">What is too much goes from its beginning; what lived then is told instead.</p>
      </Choices>
      <details>
        <summary>Take out more</summary>
        <p className="quiet">Credentials and e-mail addresses always are. One to a line, kept for the next time.</p>
        <label className="rules">
          Names of variables and keys
          <textarea
            rows={2}
            value={rules.names}
            onChange={({ target }) => setRules({ ...rules, names: target.value })}
          />
        </label>
        <label className="rules">
          Regular expressions
          <textarea
            rows={2}
            value={rules.patterns}
            onChange={({ target }) => setRules({ ...rules, patterns: target.value })}
          />
        </label>
      </details>
      <WhatLeaves request={request} />
      {problem !== null && <p role="alert">{problem}</p>}
      <button type="button" className="prominent" onClick={save}>
        Save
      </button>
    </>
  )
}

function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

function Choice(props: { name: string; checked: boolean; onChoose: () => void; children: ReactNode }) {
  const { name, checked, onChoose, children } = props
  return (
    <label>
      <input type="radio" name={`export-${name}`} checked={checked} onChange={onChoose} />
      <span>{children}</span>
    </label>
  )
}

/** Looked at a moment after the last change: of a large recording it takes a second. */
const CALM = 150
/** Places and names that are listed. */
const LISTED = 8

function WhatLeaves({ request: { context, after, upTo, form, most, rules } }: { request: ExportRequest }) {
  const session = useSession()
  const [preview, setPreview] = useState<Outcome<ExportPreview> | null>(null)
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(async () => {
      const made = await session.previewExport({ context, after, upTo, form, most, rules })
      if (wanted) setPreview(made)
    }, CALM)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [session, context, after, upTo, form, most, rules])
  return (
    <section className="what-leaves" aria-label="What leaves" aria-live="polite">
      {preview !== null && (preview.ok ? <Preview of={preview.value} /> : <p className="wrong">{preview.error}</p>)}
    </section>
  )
}

function Preview({ of: { facts, contexts, variables, size, cut, redaction } }: { of: ExportPreview }) {
  return (
    <>
      <p>
        <strong>Leaves:</strong> {count(facts, 'fact')} of {count(contexts, 'context')}
        {variables.length > 0 && <>, with values of {listed(variables)}</>}; {kilobytes(size)} as a recording. With it,
        the page’s address and title, and the browser’s name.
      </p>
      {cut !== null && <p className="quiet">{cut}</p>}
      <p>
        <strong>Taken out:</strong>{' '}
        {redaction.count === 0
          ? 'nothing, since nothing looks like a secret.'
          : `${count(redaction.count, 'text')}: ${listed(redaction.places.map(({ place, count }) => `${place} (${grouped(count)})`))}.`}
      </p>
    </>
  )
}

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED
  return rest > 0 ? `${names.slice(0, LISTED).join(', ')} and ${rest} more` : names.join(', ')
}

const kilobytes = (size: number): string =>
  size < MB ? `${grouped(Math.max(1, Math.round(size / 1000)))} KB` : `${(size / MB).toFixed(1)} MB`
