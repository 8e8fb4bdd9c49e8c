// A browser with the page `test/pages/engines` in it, which is asked through its server: so Firefox, which nothing drives here,
// and Chromium are asked the very same.

import { join } from 'node:path'
import { chromium } from 'playwright'
import { build } from 'vite'
import { findBrowser } from '../../../scripts/browser.mjs'
import { openInFirefox } from '../../../scripts/firefox.mjs'
import { type Route, serve } from '../../../scripts/serve.mjs'
import { root } from '../../../scripts/steps.mjs'
import type { PlainQuestions, Question, Questions } from '../../pages/engines/main'

type Answer<Asked extends (argument: never) => unknown> = Promise<Awaited<ReturnType<Asked>>>

export interface Engine {
  /** Asks with the runtime installed. */
  ask<Name extends keyof Questions>(name: Name, ...argument: Parameters<Questions[Name]>): Answer<Questions[Name]>
  /** Asks the page as it is. */
  askPlain<Name extends keyof PlainQuestions>(
    name: Name,
    ...argument: Parameters<PlainQuestions[Name]>
  ): Answer<PlainQuestions[Name]>
  close(): Promise<void>
}

interface Opened {
  /** Tells why, if the browser ends before it is closed. */
  ended: Promise<Error>
  close(): Promise<void>
}

/** Opens a page; what it waits for is that the page asks for its first question. */
type Open = (url: string, arrived: Promise<void>) => Promise<Opened>

export const inFirefox =
  (executable: string): Open =>
  (url, arrived) =>
    openInFirefox(executable, url, arrived)

export const inChromium: Open = async (url, arrived) => {
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  const page = await browser.newPage()
  const ended = new Promise<Error>((resolve) => {
    browser.once('disconnected', () => resolve(new Error('Chromium has ended.')))
  })
  const broken = new Promise<never>((_, reject) => page.once('pageerror', reject))
  await Promise.all([page.goto(url), Promise.race([arrived, broken])])
  return { ended, close: () => browser.close() }
}

export async function openEngine(open: Open, dist = join(root, 'dist')): Promise<Engine> {
  const { route, arrived, ask } = await conversation()
  const site = await serve({ '/runtime/': join(dist, 'runtime'), '/': join(root, 'test/pages') }, route)
  try {
    const { ended, close } = await open(`${site.origin}/engines/`, arrived)
    const asking = (question: Omit<Question, 'id'>) =>
      Promise.race([ask(question), ended.then((error) => Promise.reject(error))]) as Promise<never>
    return {
      ask: (name, ...[argument]) => asking({ kind: 'installed', name, argument }),
      askPlain: (name, ...[argument]) => asking({ kind: 'plain', name, argument }),
      async close() {
        await close()
        await site.close()
      },
    }
  } catch (error) {
    await site.close()
    throw error
  }
}

/** The page takes its questions from the server, and brings the answers there. */
async function conversation() {
  const script = await bundle()
  const questions: Question[] = []
  const waiting: ((question: Question) => void)[] = []
  /** What settles each, by the id of its question. */
  const answers: { resolve(value: unknown): void; reject(error: Error): void }[] = []
  let arrive = (): void => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })

  function match(): void {
    while (questions.length > 0 && waiting.length > 0) waiting.shift()?.(questions.shift() as Question)
  }

  const route: Route = ({ pathname, searchParams }, response) => {
    if (pathname === '/engines/main.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    } else if (pathname === '/engines/question') {
      arrive()
      waiting.push((question) => response.writeHead(200).end(JSON.stringify(question)))
      match()
    } else if (pathname === '/engines/answer') {
      let body = ''
      response.req.on('data', (data) => {
        body += data
      })
      response.req.on('end', () => {
        response.writeHead(204).end()
        const { value, error } = JSON.parse(body)
        const answer = answers[Number(searchParams.get('id'))]
        if (error === undefined) answer?.resolve(value)
        else answer?.reject(new Error(error))
      })
    } else return false
    return true
  }

  function ask(question: Omit<Question, 'id'>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      questions.push({ ...question, id: answers.length })
      answers.push({ resolve, reject })
      match()
    })
  }

  return { route, arrived, ask }
}

/** The page's script. What is tested stays out of it: the page imports the built package, by its name. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    // The programs import the runtime's sources.
    resolve: { alias: [{ find: /^(\.\.\/)+runtime(?=$|\/async$)/, replacement: 'contextvars-devtools' }] },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'test/pages/engines/main.ts'),
        external: /^contextvars-devtools/,
      },
    },
  })
  const [chunk] = 'output' in output ? output.output : []
  if (chunk?.type !== 'chunk') throw new Error('There is no bundle.')
  return chunk.code
}
