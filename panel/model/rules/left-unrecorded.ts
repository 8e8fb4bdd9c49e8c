// Facts that a full log let go. Nothing is wrong with the page; but who reads the problems is to know what is not among them. (Stacks that would
// have taken too much of its time are left out as well, sooner on a slow machine: each fact without its line says so itself.)

import { followsGap } from '../census'
import type { Finding, Rule } from '../finding'
import { completeness } from '../selectors/completeness'
import { grouped } from '../selectors/grouped'
import type { Missing, World } from '../world'
import { verdictOf } from './verdict'

export const leftUnrecorded: Rule = {
  id: 'left-unrecorded',
  title: 'Left out of the recording',
  why: 'The log of a page is bounded. What did not fit is not known here: a problem may be in it, and another may seem to be one because its end is missing.',
  judge(world) {
    return verdictOf(world, facts(world), 'more')
  },
}

/** As evidence, only the newest holes. */
const NAMED = 3

function facts(world: World): Finding[] {
  const { missing, lost } = completeness(world)
  if (lost === 0) return []
  return [
    {
      ...NOBODYS,
      id: 'left-unrecorded facts',
      title: `Left out of the recording: ${grouped(lost)} ${lost === 1 ? 'fact' : 'facts'}`,
      what: `Of ${grouped(world.seq)} facts, ${grouped(lost)} ${lost === 1 ? 'is' : 'are'} not here: the page’s log was full and let the oldest go before they were read, or this is a part of a recording.${world.census > 0 && !followsGap(world) ? ' What lived then was told anew, so the tree is right; what had happened to it is not known.' : ''}`,
      advice:
        'Let the page’s log keep more, in the settings, or `record({ log: { facts, bytes } })`; open the panel before the work begins, since it reads along; and record callbacks that touch nothing only if you need them.',
      evidence: missing.slice(-NAMED).map((hole) => ({ ...PLACELESS, label: holeLabel(hole), seq: hole.to })),
    },
  ]
}

const holeLabel = ({ from, to }: Missing): string =>
  from === to ? `fact ${grouped(from)} is missing` : `facts ${grouped(from)}–${grouped(to)} are missing`

const PLACELESS = { context: null, stack: null } as const

/** Of no line, and of nobody's context. */
const NOBODYS = {
  rule: 'left-unrecorded',
  severity: 'info',
  fix: [],
  stack: null,
  context: null,
  variable: null,
  token: null,
  repeats: null,
  crossing: null,
} satisfies Partial<Finding>
