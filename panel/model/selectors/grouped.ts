// Numbers as people read them.

const numbers = new Intl.NumberFormat('en-US')

/** `1,234`. `toLocaleString` would look the language up each time, which costs more than a row of a list. */
export const grouped = (many: number): string => (many < 1000 ? `${many}` : numbers.format(many))
