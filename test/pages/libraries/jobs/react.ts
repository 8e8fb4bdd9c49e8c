// react: its scheduler posts messages to itself, and renders; events, effects, transitions and suspense call the person's code.

import { createElement, Suspense, startTransition, use, useEffect, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Caller, Job } from '../caller'
import { moment } from './moment'

/** Renders into the page for as long as the work takes. */
async function rendering<T>(work: (container: HTMLElement, root: Root) => Promise<T>): Promise<T> {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  try {
    return await work(container, root)
  } finally {
    root.unmount()
    container.remove()
  }
}

/** An effect comes after what is shown, so whoever waits for one knows of the other. */
async function effect(name: string, text: string): Promise<void> {
  while (document.body.dataset[name] !== text) await moment(1)
}

async function reaches(container: HTMLElement, text: string): Promise<void> {
  while (container.textContent !== text) await moment(1)
}

function Loader({ caller }: { caller: Caller }) {
  const [text, setText] = useState('nobody')
  useEffect(() => {
    document.body.dataset[caller.name] = text
  }, [caller, text])
  const load = async () => {
    caller.see('click')
    const response = await fetch(`/api/answer?who=${caller.name}&ms=2`)
    caller.see('response')
    const { who } = (await response.json()) as { who: string }
    caller.see('answer')
    await moment(1)
    caller.see('later')
    setText(who)
  }
  return createElement('button', { type: 'button', onClick: load }, `Hello ${text}`)
}

function Reader({ promise }: { promise: Promise<string> }) {
  return createElement('p', null, use(promise))
}

function Shell({ promise, next }: { promise: Promise<string>; next: () => Promise<string> }) {
  const [shown, setShown] = useState(promise)
  const replace = () => startTransition(async () => setShown(Promise.resolve(await next())))
  return createElement(
    'button',
    { type: 'button', onClick: replace },
    createElement(Suspense, { fallback: 'waiting' }, createElement(Reader, { promise: shown })),
  )
}

export const react: Record<string, Job> = {
  'a click loads data and shows it': (caller) =>
    rendering(async (container, root) => {
      root.render(createElement(Loader, { caller }))
      await effect(caller.name, 'nobody')
      // A click by program is of its program; a person's would be of the base context.
      container.querySelector('button')?.click()
      await effect(caller.name, caller.name)
      caller.see('shown')
      return container.textContent
    }),

  'a click begins an asynchronous transition, with suspense': (caller) =>
    rendering(async (container, root) => {
      const next = async () => {
        caller.see('action')
        await moment(2)
        caller.see('action, later')
        return 'second'
      }
      const promise = moment(2).then(() => {
        caller.see('first')
        return 'first'
      })
      root.render(createElement(Shell, { promise, next }))
      await reaches(container, 'first')
      container.querySelector('button')?.click()
      await reaches(container, 'second')
      caller.see('shown')
      return container.textContent
    }),
}
