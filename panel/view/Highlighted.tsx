// Text with what was searched for marked in it.

import { parseQuery } from '../model/selectors/query'

export function Highlighted({ text, query }: { text: string; query: string }) {
  const found = parseQuery(query)?.find(text) ?? null
  if (found === null) return text
  return (
    <>
      {text.slice(0, found.from)}
      <mark>{text.slice(found.from, found.to)}</mark>
      {text.slice(found.to)}
    </>
  )
}
