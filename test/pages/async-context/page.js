// The one line that a page needs today; all else is written for the standard.
import './install.js'

const request = new AsyncContext.Variable({ name: 'request' })
const span = new AsyncContext.Variable({ name: 'span', defaultValue: 'none' })

const say = (text) => document.querySelector('#log').append(`[${request.get()}, ${span.get()}] ${text} `)

/** Work that waits for its turn, and is done for whoever asked for it. */
const queue = []
function enqueue(work) {
  queue.push(AsyncContext.Snapshot.wrap(work))
}

async function order(dish) {
  await span.run('stock', async () => {
    await fetch('./index.html')
    say(`asked for ${dish}`)
  })
  await span.run('kitchen', () => new Promise((done) => enqueue(() => done(say(`cooked ${dish}`)))))
  say(`served ${dish}`)
}

document.querySelector('#order').addEventListener('click', async () => {
  const orders = ['tea', 'cake'].map((dish, number) => request.run(`order ${number + 1}`, order, dish))
  const turn = setInterval(() => queue.shift()?.())
  await Promise.all(orders)
  clearInterval(turn)
  say('all done')
})
