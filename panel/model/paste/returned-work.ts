// Whether a block returns what may be a promise, whose end it would not wait for.

const RETURN = '(?<![\\w$.])return(?!\\s+await\\b)\\s+'
/** A call that is not awaited, also of a tag, or an expression of several lines. */
const CALL = new RegExp(`${RETURN}[^;\\n]*(?:\\(|[\\w$)\\]]\`|\\n\\s*[.?:&|(])`, 'g')
const VALUE = new RegExp(`${RETURN}[\\w$.#]+\\.get\\(\\)\\s*;?\\s*$`, 'm')
const NAME = new RegExp(`${RETURN}([A-Za-z_$][\\w$]*)\\s*;?\\s*$`, 'gm')

export function returnsWork(code: string): boolean {
  const calls = [...code.matchAll(CALL)].filter(({ index }) => {
    const [line = ''] = code.slice(index).split('\n', 1)
    return !VALUE.test(line)
  })
  return calls.length > 0 || [...code.matchAll(NAME)].some(([, name = '']) => isMadeByCall(code, name))
}

/** `const work = run()`, whose promise goes out by its name. */
const isMadeByCall = (code: string, name: string): boolean =>
  new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::[^=\\n]*)?=(?!\\s*await\\b)[^=\\n]*\\(`).test(code)
