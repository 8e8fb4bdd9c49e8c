// The texts of a few files of the page, asked for when somebody wants to see a line of them.

import { useEffect, useState } from 'react'
import { sourceText } from '../model/selectors/lines-to-paste'
import { useFeed } from '../session/hooks'
import { useHost } from './host-context'

type Texts = ReadonlyMap<string, ReturnType<typeof sourceText>>

const NONE: Texts = new Map()

/** What is larger was not written by a person. */
const LONGEST = 2_000_000

/** Empty until they are read, and where there is no page to ask: in a file that was opened. Read anew in each document. */
export function useSourceTexts(urls: readonly string[]): Texts {
  const { link, epoch } = useFeed()
  const host = useHost()
  const [read, setRead] = useState<{ key: string; texts: Texts }>({ key: '', texts: NONE })
  const key = link.state === 'closed' ? '' : JSON.stringify([epoch, ...urls])
  useEffect(() => {
    if (key === '') return
    let isWanted = true
    const wanted: string[] = JSON.parse(key).slice(1)
    void Promise.all(wanted.map(async (url) => [url, await host.readSource(url).catch(() => null)] as const)).then(
      (answers) => {
        const known = answers.flatMap(([url, text]) =>
          text === null || text.length > LONGEST ? [] : [[url, sourceText(text)] as const],
        )
        if (isWanted) setRead({ key, texts: new Map(known) })
      },
    )
    return () => {
      isWanted = false
    }
  }, [key, host])
  return read.key === key ? read.texts : NONE
}
