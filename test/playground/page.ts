// A page with something to look at: a button for each thing that contexts do, and for each classic mistake.

import './record'
import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask, gather, install } from 'contextvars-devtools/async'

if (!location.search.includes('bare')) install()

const user = new ContextVar<string>('user')
const request = new ContextVar<{ id: number; path: string }>('request')
const locale = new ContextVar('locale', { default: 'en' })

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

let requests = 0

async function handle(name: string) {
  user.set(name)
  request.set({ id: ++requests, path: `/people/${name.toLowerCase()}` })
  await pause(20)
  locale.get()
  await gather(createTask(load, { name: `${name} loads` }), createTask(render, { name: `${name} renders` }))
}

async function load() {
  const token = locale.set('de')
  await pause(30)
  locale.reset(token)
}

async function render() {
  await pause(10)
  return `${user.get()} ${request.get().path}`
}

/** Made by the first who needs it, and never done. */
let isWritten = false

async function write() {
  user.get()
  await pause(600_000)
}

/** The garbage collector would take what is over at any time, and with it what is said of it. */
const kept: unknown[] = []

const actions: Record<string, () => unknown> = {
  'Alice and Bob': () => {
    const tasks = ['Alice', 'Bob'].map((name) => createTask(() => handle(name), { name }))
    kept.push(...tasks)
    return gather(...tasks)
  },
  'A task that stays': () =>
    createTask(
      async () => {
        user.set('Carol')
        await pause(600_000)
      },
      { name: 'Carol' },
    ),
  'Forgotten reset': () => {
    user.set('Mallory')
    return createTask(render, { name: 'next request' }).result.catch(() => {})
  },
  'Token twice': () => {
    const token = locale.set('fr')
    locale.reset(token)
    locale.reset(token)
  },
  'Token in another context': () => {
    const token = user.set('Eve')
    const other = copyContext()
    other.run(() => copyContext().run(() => user.reset(token)))
  },
  'Token of another variable': () => {
    const token = locale.set('it')
    user.reset(token)
  },
  'A writer for all': async () => {
    const serve = (name: string) =>
      createTask(
        async () => {
          const token = user.set(name)
          if (!isWritten) kept.push(createTask(write, { name: 'writer' }))
          isWritten = true
          await pause(10)
          user.reset(token)
        },
        { name },
      ).result
    await serve('Ada')
    await serve('Grace')
  },
  'Lookup without a value': () => new ContextVar('tenant').get(),
  '1,000 contexts': () => {
    for (let index = 0; index < 1000; index += 1) {
      copyContext().run(() => {
        request.set({ id: index, path: `/bulk/${index}` })
      })
    }
  },
}

const place = document.getElementById('actions')
for (const [name, action] of Object.entries(actions)) {
  const button = document.createElement('button')
  button.textContent = name
  button.addEventListener('click', async () => {
    try {
      await action()
    } catch (error) {
      console.info(String(error))
    }
  })
  place?.append(button, ' ')
}
