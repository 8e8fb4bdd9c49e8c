// The texts of the files that people wrote, as the source maps of the page's scripts bring them: who asks for a line of one reads it
// from there, and nothing is fetched.

/** The text of a file; null where a map names the file and leaves its text out, undefined where nobody knows the file. */
export type LookUpText = (url: string) => string | null | undefined

export class OriginalTexts {
  readonly #documents = new Set<LookUpText>()

  /** What one document's maps know, until that is taken back. */
  add(lookUp: LookUpText): () => void {
    this.#documents.add(lookUp)
    return () => this.#documents.delete(lookUp)
  }

  readonly of: LookUpText = (url) => {
    let isNamed = false
    for (const lookUp of this.#documents) {
      const text = lookUp(url)
      if (typeof text === 'string') return text
      isNamed ||= text === null
    }
    return isNamed ? null : undefined
  }
}
