// A problem as a test that makes it again, in either language, to be copied.

import type { Finding } from '../model/finding'
import { useSession } from '../session/hooks'
import type { Language } from '../session/reproduce'
import { useCopy } from './copy-hook'

const LANGUAGES: { language: Language; name: string }[] = [
  { language: 'typescript', name: 'TypeScript' },
  { language: 'python', name: 'Python' },
]

export function CopyTest({ finding }: { finding: Finding }) {
  const session = useSession()
  const copy = useCopy()
  return (
    <p className="copy-test">
      {LANGUAGES.map(({ language, name }) => (
        <button
          key={language}
          type="button"
          className="inline"
          title={`A small ${name} program that makes this problem again`}
          onClick={() => copy(session.reproduce(finding, language), `${name} test copied`)}
        >
          Copy as {name} test
        </button>
      ))}
    </p>
  )
}
