// Why a context holds a value, or none: the steps that led to it, each a way to its moment and its context.

import { useMemo } from 'react'
import type { ContextId, VariableId } from '../../runtime/protocol'
import { provenance, type Step } from '../model/selectors/provenance'
import { useFeed } from '../session/hooks'
import { assertUnreachable } from './assert-unreachable'
import { ContextLink } from './ContextLink'
import { MomentLink } from './MomentLink'
import { SourceLink } from './SourceLink'
import { count } from './words'

interface Props {
  context: ContextId
  variable: VariableId
}

export function Why({ context, variable }: Props) {
  const { world, version } = useFeed()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  const steps = useMemo(() => provenance(world, context, variable), [world, version, context, variable])
  return (
    <ol className="why-steps">
      {steps.map((step) => (
        <WhyStep key={`${step.kind} ${step.context} ${step.seq}`} step={step} here={context} />
      ))}
    </ol>
  )
}

function WhyStep({ step, here }: { step: Step; here: ContextId }) {
  const { world } = useFeed()
  const { context, seq, at, stack } = step
  return (
    <li className={`why-step ${step.kind}`}>
      {seq !== null && at !== null && <MomentLink seq={seq} at={at} context={context} />}
      <span className="why-words">
        {wordsOf(step, here)}{' '}
        {context === null ? null : context === here ? (
          'here'
        ) : world.contexts.has(context) ? (
          <ContextLink context={context} />
        ) : (
          `context ${context}`
        )}
        {step.kind === 'too-late' && ', after the copy that leads here was made'}
      </span>
      <SourceLink stack={stack} />
    </li>
  )
}

function wordsOf({ kind, value, context, many }: Step, here: ContextId): string {
  const place = context === null || context === here ? '' : ' in'
  switch (kind) {
    case 'set':
      return `set to ${value}${place}`
    case 'reset':
      return `a reset brought ${value} back${place}`
    case 'found':
      return `${value} was there when the recorder first saw it; who set it is not known${context === null ? '' : ':'}`
    case 'copied':
      return 'copied to'
    case 'skipped':
      return `${count(many, 'step')} more`
    case 'default':
      return `so the default counts: ${value}`
    case 'too-late':
      return `set to ${value}${place}`
    case 'taken-back':
      return `set, and reset again${place}`
    case 'empty':
      return 'a context without values was made:'
    case 'never':
      return 'Nobody set it on the way from the root to here.'
    case 'unknown':
      return 'There may be more to it: not all that happened is known.'
    default:
      return assertUnreachable(kind)
  }
}
