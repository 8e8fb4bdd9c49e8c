// How a changed line reads where its code is not known: the call with the names of the case.

import type { LineChange } from '../fix'
import { oneLine } from '../plain-text'

/** Null where the line goes away. */
export function templateOf({ kind, name }: LineChange): string | null {
  const word = identifier(name)
  switch (kind) {
    case 'using':
      return `using _token = ${word}.set(value)`
    case 'drop-reset':
      return null
    case 'reset':
      return `${word}.reset(token)`
    case 'task':
      return `createTask(() => ${word}()).result`
    case 'set-in-task':
      return `createTask(() => { ${word}.set(value); return work() })`
    case 'await':
      return 'await work()'
    case 'copy':
      return 'context.copy().run(() => work())'
    case 'inherit':
      return 'copyContext()'
    case 'inherit-in-task':
      return 'createTask(() => work())'
    case 'default':
      return `new ContextVar(${quoted(name)}, { default: null })`
    case 'post-carrying':
      return 'carryContext(worker).postMessage(message)'
    case 'hear-carrying':
      return "carryContext(self).addEventListener('message', work)"
    case 'freeze':
      return `new ContextVar(${quoted(name)}, { default: Object.freeze(value) })`
    case 'anew':
      return `new Context().run(() => ${handingOver(name)})`
    case 'wrap':
      return 'target.addEventListener(type, wrap(work))'
    case 'register':
      return `registerContextVar(${word}, 'app', ${quoted(name)}, { validate: false })`
    case 'keep-attached':
      return 'const attached = context.attach(active)'
    case 'dispose':
      return 'attached.dispose()'
    case 'once':
      return `const ${word} = new ContextVar(${quoted(name)})`
  }
}

/** The call of a function of the host, by its name; where that is not known, any. */
function handingOver(name: string): string {
  if (name === '') return 'work()'
  if (name === 'addEventListener') return 'target.addEventListener(type, work)'
  if (/^[A-Z]/.test(name)) return `new ${identifier(name)}(work)`
  return /^(?:then|catch|finally)$/.test(name) ? `promise.${name}(work)` : `${identifier(name)}(work)`
}

/** A variable may be called anything: `request-id` is likely `requestId` in the code. */
export function identifier(name: string): string {
  const joined = name.replace(/[^\w$]+(\w?)/g, (_, next: string) => next.toUpperCase()).slice(0, LONGEST_WORD)
  return /^[A-Za-z_$]/.test(joined) && !RESERVED.test(joined) ? joined : 'variable'
}

const LONGEST_WORD = 60

/** Words that are no names, in a module or in an async function. */
export const RESERVED =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|eval|arguments)$/

const quoted = (name: string): string => `'${oneLine(name).replace(/[\\']/g, '\\$&')}'`
