// The text of a file, and a line of it.

export class SourceText {
  readonly text: string
  readonly lines: readonly string[]
  #code: string | null = null

  constructor(text: string) {
    this.text = text
    this.lines = text.split(/\r?\n/)
  }

  /** Counted from 1, as in stacks; null where there is none that a person would read as a line. */
  line(number: number): string | null {
    const line = this.lines[number - 1]
    return line === undefined || line.length > LONGEST_LINE || MISLEADING.test(line) ? null : line
  }

  /** A line and those after it, as far as a call is followed. */
  from(number: number): string {
    const code = this.lines.slice(number - 1, number - 1 + MOST_LINES).join('\n')
    return code.length > MOST_LINES * LONGEST_LINE ? '' : code
  }

  has(word: string): boolean {
    return isIn(this.text, word)
  }

  /** Outside of comments, which speak of much that the code does not know. */
  says(word: string): boolean {
    this.#code ??= this.text.replace(COMMENT, ' ')
    return isIn(this.#code, word)
  }
}

const isIn = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`).test(text)

/** What follows a colon is part of an address. Of longer comments each line begins with a star. */
const COMMENT = /^[ \t]*\/?\*.*|(?<!:)\/\/.*/gm

/** What is longer was written by a machine. */
const LONGEST_LINE = 300

const MOST_LINES = 60

/** What would be shown as something else than it is is not offered to be pasted. */
const MISLEADING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u
