// A value in an error message, as Python's `repr` would show it: short, and whatever the value is, without an exception.

/** Elements of an array, characters of a string. */
const ELEMENTS = 10
const CHARACTERS = 100

/** What is being described now: a default may hold the variable that it is the default of. */
const open = new Set<object>()

export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > CHARACTERS ? `${value.slice(0, CHARACTERS)}...` : value}'`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return '<function>'
  if (typeof value !== 'object' || value === null) return String(value)
  return once(value, () => (Array.isArray(value) ? describeArray(value) : '<object>'))
}

/** The text for `subject`, or dots where it is asked for from within. */
export function once(subject: object, text: () => string): string {
  if (open.has(subject)) return '...'
  open.add(subject)
  try {
    return text()
  } catch {
    // A revoked proxy throws whatever it is asked.
    return '<unreadable>'
  } finally {
    open.delete(subject)
  }
}

function describeArray(array: readonly unknown[]): string {
  const shown = array.slice(0, ELEMENTS).map(describe)
  if (array.length > ELEMENTS) shown.push('...')
  return `[${shown.join(', ')}]`
}
