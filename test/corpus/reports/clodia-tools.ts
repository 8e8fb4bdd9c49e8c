// r-clodia/clodia-tools, as server/tool_api.py tells it (August 2026): a request keeps its tokens in a list and resets by index. A variable that
// was added in the middle moved all behind it by one, so one reset got the token of another variable, the next was never made, and the caller
// took the error for a refusal of rights.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const chat = new ContextVar<string>('mcp_current_chat')
const origin = new ContextVar<string>('mcp_current_origin')
const scopedTools = new ContextVar<string>('mcp_current_scoped_tools')

async function authorize() {
  const tokens = [chat.set('SEAL-1'), origin.set('human:davide'), scopedTools.set('fs.list_dir')] as const
  const isAllowed = scopedTools.get() === 'fs.list_dir'
  scopedTools.reset(tokens[1])
  chat.reset(tokens[0])
  return isAllowed
}

const MADE = "const tokens = [chat.set('SEAL-1'), origin.set('human:davide'), scopedTools.set('fs.list_dir')] as const"

export const asReported: Program = {
  run: () => refused(() => createTask(authorize).result, /different ContextVar/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-variable',
      lines: [MADE, 'scopedTools.reset(tokens[1])'],
      says: 'called mcp_current_scoped_tools.reset with the token that mcp_current_origin.set returned',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: [MADE] },
    { severity: 'info', rule: 'forgotten-reset', lines: [MADE] },
  ],
}

/** No order has to be kept in mind: each token goes with its variable. */
export const mended: Program = {
  run: () => {
    const kept: [ContextVar<string>, Token<string>][] = [chat, origin, scopedTools].map((variable) => [
      variable,
      variable.set('set'),
    ])
    for (const [variable, token] of kept.reverse()) variable.reset(token)
  },
  finds: [],
}
