// The order desk opens: propagation first, then the loops that take orders, then the buttons.

import { createTask, install } from 'contextvars-devtools/async'
import { openBoard } from './board'
import { acceptRequests } from './desk'
import { logError } from './log'
import { serveVisitors } from './mistakes/forgotten-reset'
import { type Mistake, mistakes } from './mistakes/mistakes'
import { order } from './orders'
import { runPrinter } from './printer'
import { greetClients } from './quickstart'

install()

openBoard()
void acceptRequests()
void serveVisitors()
void runPrinter()
greetClients()

const menu = ['Assam', 'Darjeeling', 'Earl Grey']
let ordered = 0

/** Customers 1, 2 and 3 take turns. */
function orderNext(): Promise<void> {
  const next = ordered++ % menu.length
  return order(menu[next] ?? 'tea', next + 1)
}

document.querySelector('#new-request')?.addEventListener('click', () => void orderNext())
document.querySelector('#three-requests')?.addEventListener('click', () => {
  for (let count = 0; count < 3; count++) void orderNext()
})

for (const mistake of mistakes) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = mistake.name
  button.addEventListener('click', () => createTask(() => make(mistake), { name: mistake.name }))
  document.querySelector('#mistakes')?.append(button)
}

async function make({ name, make, whatWentWrong, inThePanel }: Mistake): Promise<void> {
  try {
    await make()
  } catch (error) {
    logError(error)
  }
  explain(name, whatWentWrong, `In the panel: ${inThePanel}`)
}

function explain(title: string, ...sentences: string[]): void {
  const heading = document.createElement('h3')
  heading.textContent = title
  const paragraphs = sentences.map((sentence) => {
    const paragraph = document.createElement('p')
    paragraph.textContent = sentence
    return paragraph
  })
  document.querySelector('#explanation')?.replaceChildren(heading, ...paragraphs)
}
