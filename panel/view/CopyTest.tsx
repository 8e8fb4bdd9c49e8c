// A problem as a test that makes it again, in either language, to be copied.

import { copyText } from '../host/clipboard'
import type { Finding } from '../model/finding'
import { useSession } from '../session/hooks'
import type { Language } from '../session/reproduce'
import { useNotice } from './Notices'

const LANGUAGES: { language: Language; name: string }[] = [
  { language: 'typescript', name: 'TypeScript' },
  { language: 'python', name: 'Python' },
]

export function CopyTest({ finding }: { finding: Finding }) {
  const session = useSession()
  const say = useNotice()
  const copy = async (language: Language, name: string) => {
    const made = session.reproduce(finding, language)
    if (!made.ok) say(made.error)
    else say((await copyText(made.value)) ? `${name} test copied` : 'The browser did not let the panel copy')
  }
  return (
    <p className="copy-test">
      {LANGUAGES.map(({ language, name }) => (
        <button
          key={language}
          type="button"
          className="inline"
          title={`A small ${name} program that makes this problem again`}
          onClick={() => copy(language, name)}
        >
          Copy as {name} test
        </button>
      ))}
    </p>
  )
}
