// A page full of secrets, recorded by the real recorder: none of them is in anything that leaves the desk, in whatever form.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseBatch } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { defaultRedaction } from '../../panel/model/redact'
import { reportJson } from '../../panel/model/report/json'
import { reportMarkdown } from '../../panel/model/report/markdown'
import { reportText } from '../../panel/model/report/text'
import { judge, rulesAtEnd } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import { EVERYTHING, type Exported, type ExportForm, exportedFile } from '../../panel/session/export'
import { reproduced } from '../../panel/session/reproduce'
import { Context, ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { record } from '../../runtime/recorder'
import { root } from '../../scripts/steps.mjs'

/** Each as it must not be found anywhere. */
const SECRETS = {
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
  bearer: 'c2VjcmV0LWJlYXJlci10b2tlbg',
  mail: 'ada.lovelace@mail.example',
  word: 'correct-horse-battery',
  sessionId: 'sess-7f3a9c1b',
  apiKey: 'sk_live_51H8x',
  cookie: 'sid=8a7b6c5d',
  hidden: 'only-the-name-tells',
  listed: 'in-a-list-of-objects',
  mapped: 'in-a-map',
  address: 'in-the-address-of-the-page',
}

async function recorded(): Promise<Timeline> {
  const recording = record({ budget: 1 })
  const uninstall = install()
  try {
    await new Context().run(async () => {
      const password = new ContextVar<unknown>('password', { default: SECRETS.hidden })
      const request = new ContextVar<unknown>('request')
      const sessionToken = new ContextVar<unknown>('sessionToken')
      password.set(SECRETS.word)
      password.set({ nested: { deeper: SECRETS.word } })
      request.set({ headers: { Authorization: `Bearer ${SECRETS.bearer}`, Cookie: SECRETS.cookie }, id: 7 })
      request.set(`GET /me HTTP/1.1, Bearer ${SECRETS.bearer}`)
      request.set([{ id: 1, secret: SECRETS.listed }])
      request.set(
        new Map([
          ['apiKey', SECRETS.apiKey],
          ['access_token', SECRETS.mapped],
        ]),
      )
      request.set(JSON.stringify({ user: { password: SECRETS.word } }))
      request.set(new Error(`no account for ${SECRETS.mail}: ${SECRETS.jwt}`))
      const token = sessionToken.set(SECRETS.sessionId)
      // A task whose name says who it is for, and what is wrong in it names values.
      const { result } = createTask(async () => password.get(), { name: `mail to ${SECRETS.mail}` })
      await result
      const copy = copyContext()
      expect(() => copy.run(() => sessionToken.reset(token))).toThrow()
      sessionToken.reset(token)
      expect(() => sessionToken.reset(token)).toThrow()
      new ContextVar<string>(`key of ${SECRETS.mail}`).set(SECRETS.jwt)
    })
    const batch = parseBatch(recording.since(0))
    if (batch === null) throw new Error('The recorder answers')
    const timeline = new Timeline()
    timeline.append(batch.facts, batch.stacks)
    return timeline
  } finally {
    uninstall()
    recording.stop()
  }
}

const timeline = await recorded()
const page = {
  url: `https://shop.example/?session=${SECRETS.address}`,
  title: `Inbox of ${SECRETS.mail}`,
  exported: '2026',
}
const exported: Exported = {
  timeline,
  page,
  mutes: [{ rule: 'forgotten-reset', variable: 'user', reason: `asked ${SECRETS.mail}` }],
  also: [],
  cut: null,
  toolVersion: '1',
  reportPage: () => readFile(join(root, 'dist/report-page.html'), 'utf8'),
}

const leaksIn = (text: string) =>
  Object.keys(SECRETS).filter((name) => text.includes(SECRETS[name as keyof typeof SECRETS]))

test('they are all there to be found', () => {
  const { mutes } = exported
  expect(leaksIn(JSON.stringify(toRecording(timeline, page, '1', { redaction: null, mutes })))).toEqual(
    Object.keys(SECRETS),
  )
})

test.each<ExportForm>(['json', 'gzip', 'html', 'trace'])('none is in an export as %s', async (form) => {
  const made = await exportedFile(exported, { ...EVERYTHING, form })
  if (!made.ok) throw new Error(made.error)
  expect(made.value.text.length).toBeGreaterThan(1_000)
  expect(leaksIn(made.value.text)).toEqual([])
})

test('none is in a part of it', async () => {
  for (const context of timeline.head.contexts.keys()) {
    const made = await exportedFile(exported, { ...EVERYTHING, context })
    expect(made.ok && leaksIn(made.value.text)).toEqual([])
  }
  const small = await exportedFile(exported, { ...EVERYTHING, most: 5_000 })
  expect(small.ok && leaksIn(small.value.text)).toEqual([])
})

test('none is in a report', async () => {
  const made = await exportedFile(exported, EVERYTHING)
  if (!made.ok) throw new Error(made.error)
  const recording = JSON.parse(made.value.text)
  const redacted = new Timeline()
  redacted.append(recording.facts, recording.stacks)
  const { head } = redacted
  const reports = [
    reportMarkdown(head, recording),
    reportText(head, recording.mutes),
    reportJson(head, recording.page, recording.mutes),
  ]
  for (const report of reports) {
    expect(report.length).toBeGreaterThan(500)
    expect(leaksIn(report)).toEqual([])
  }
})

test.each(['python', 'typescript'] as const)('none is in a problem that is copied as a test in %s', (language) => {
  let made = 0
  // The problems that the panel shows are those of the page as it is.
  for (const finding of judge(timeline.head, { by: rulesAtEnd }).findings) {
    const text = reproduced(timeline, finding, language, defaultRedaction)
    if (!text.ok) continue
    made++
    expect(leaksIn(text.value)).toEqual([])
  }
  expect(made).toBeGreaterThanOrEqual(3)
})
