// A page that brings no runtime, and uses the one that a recording brings: every step into our code would be seen here.

const { ContextVar, createTask } = globalThis.contextvars ?? {}

async function cook(dish, name) {
  const ready = new Promise((resolve) => setTimeout(resolve, 1))
  await ready // step into this
  dish.set(name) // into this
  await null // and this
  document.querySelector('#log').append('done') // and arrive here
}

document.querySelector('#begin').addEventListener('click', () => {
  createTask(() => cook(new ContextVar('dish'), 'soup'), { name: 'Chef' })
})
