// The first import of every script: says in one sentence that this Node is too old, before anything fails in a way that
// nobody understands. It imports nothing and uses no new syntax.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22

if (!enough) {
  console.error(`Node ${process.versions.node} is too old: this project needs Node 20.19, 22.12 or newer.`)
  process.exit(1)
}
