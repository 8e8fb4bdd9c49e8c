// Runs code as it is written and as it is compiled.

import { parseAst } from 'vite'
import { compileModule } from '../../compiler/await'

/** The code as the plugin leaves it. */
export function compiled(code: string): string {
  const result = compileModule(code, parseAst(code, { sourceType: 'unambiguous' }))
  if (result === null) throw new Error(`Nothing here is compiled: ${code}`)
  return result.code
}

/** How often code asks for a promise that is seen. */
export const timesSeen = (code: string): number => [...code.matchAll(/(?<!function )__contextvars_seen\(/g)].length

/** What the expression at the end of a script comes to, given what it may use. */
export function evaluate<T>(script: string, result: string, given: Record<string, unknown> = {}): T {
  return new Function(...Object.keys(given), `${script}\nreturn ${result}`)(...Object.values(given))
}

/** The exports of a module, run by Node itself. */
export async function runModule(code: string): Promise<Record<string, unknown>> {
  const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`
  return { ...(await import(/* @vite-ignore */ url)) }
}
