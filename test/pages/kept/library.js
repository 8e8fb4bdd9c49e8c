// A library that keeps what it needs of the host, and is loaded before anything is installed.

globalThis.library = (() => {
  const { setTimeout } = globalThis
  const waiting = []

  function flush() {
    while (waiting.length > 0) waiting.shift()()
  }

  return {
    soon(job) {
      if (waiting.push(job) === 1) setTimeout(flush)
    },
    later(job) {
      setTimeout(() => job())
    },
  }
})()
