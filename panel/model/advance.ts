// One fact further: the reducer that turns facts into a world. It is total (whatever a page claims, it never throws) and
// deterministic (the same facts make the same world), which is what makes replay, import and time travel one and the same thing.

import { applyCensus } from './census'
import { contextOf, copyContextEntry, noteResumed, variableOf } from './entries'
import { Ledger } from './ledger'
import { noteStrayed } from './strayed'
import { count } from './tally'
import { touchEverything, touchVariable } from './touched'
import {
  applyAttached,
  applyCallbackRan,
  applyContextCollected,
  applyCreated,
  applyRunEnded,
  applyRunStarted,
  applyTaskCreated,
  applyTaskSettled,
  applyTaskStarted,
  applyWorkAwaited,
} from './units'
import { applyRead, applyReset, applySet, applyTokenCollected, applyTokenError } from './values'
import type { Fact, World } from './world'

export function emptyWorld(): World {
  return {
    seq: 0,
    at: 0 as World['at'],
    runtime: null,
    refused: [],
    propagation: null,
    level: null,
    base: null,
    variables: new Ledger((entry) => ({ ...entry })),
    contexts: new Ledger(copyContextEntry),
    parents: new Ledger(),
    roots: new Set(),
    counted: true,
    climbed: 0,
    tokens: new Ledger((entry) => ({ ...entry })),
    tasks: new Ledger((entry) => ({ ...entry })),
    refusals: [],
    outOfOrder: new Map(),
    tooLate: new Map(),
    leftInCopy: new Map(),
    carriedOver: new Map(),
    outlived: new Map(),
    keptByTimers: new Map(),
    strayed: null,
    strayReads: new Map(),
    heard: new Map(),
    swallowed: new Map(),
    changedDefaults: new Map(),
    untracked: [],
    unfollowed: [],
    notReduced: new Map(),
    missing: [],
    letGo: 0,
    census: 0,
    stacks: {},
    touched: null,
  }
}

/** A world that goes its own way from here. What neither edits, both share. */
export function forkWorld(world: World): World {
  return {
    ...world,
    refused: world.refused.slice(),
    variables: world.variables.fork(),
    contexts: world.contexts.fork(),
    parents: world.parents.fork(),
    roots: new Set(world.roots),
    tokens: world.tokens.fork(),
    tasks: world.tasks.fork(),
    refusals: world.refusals.slice(),
    outOfOrder: new Map(world.outOfOrder),
    tooLate: new Map(world.tooLate),
    leftInCopy: new Map(world.leftInCopy),
    carriedOver: new Map(world.carriedOver),
    outlived: new Map(world.outlived),
    keptByTimers: new Map(world.keptByTimers),
    strayReads: new Map(world.strayReads),
    heard: new Map(world.heard),
    swallowed: new Map(world.swallowed),
    changedDefaults: new Map(world.changedDefaults),
    untracked: world.untracked.slice(),
    unfollowed: world.unfollowed.slice(),
    notReduced: new Map(world.notReduced),
    missing: world.missing.slice(),
    touched: null,
  }
}

/** Edits the world, which its caller owns. Facts come in the order of their numbers; an older one is no news, and ignored. */
export function advance(world: World, fact: Fact): void {
  if (fact.seq <= world.seq) return
  noteMissing(world, fact)
  noteStrayed(world, fact)
  apply(world, fact)
  world.seq = fact.seq
  world.at = fact.at
}

/** A hole in the numbers is what counts as missing. A `gap` stands at the end of one, often in the place of its last fact. */
function noteMissing(world: World, fact: Fact): void {
  const from = world.seq + 1
  const to = fact.type === 'gap' && fact.to >= fact.seq ? fact.seq : fact.seq - 1
  if (to < from) return
  touchEverything(world)
  const last = world.missing.at(-1)
  // One hole that grows stays one. Other worlds share the old one, so it is replaced.
  const joined = last !== undefined && last.to === from - 1 ? world.missing.pop() : undefined
  world.missing.push({ from: joined?.from ?? (from as Fact['seq']), to: to as Fact['seq'] })
}

function apply(world: World, fact: Fact): void {
  switch (fact.type) {
    case 'runtime-attached':
      applyAttached(world, fact)
      return
    case 'runtime-refused':
      world.refused.push(fact)
      return
    case 'propagation-changed':
      world.propagation = fact.propagation
      return
    case 'var-created': {
      const { name, default: value, seq: created, at: createdAt, stack } = fact
      Object.assign(variableOf(world, fact.variable, fact), { name, default: value, created, createdAt, stack })
      touchVariable(world, fact.variable)
      return
    }
    case 'context-created':
      applyCreated(world, fact)
      return
    case 'var-set':
      applySet(world, fact)
      return
    case 'var-reset':
      applyReset(world, fact)
      return
    case 'token-error':
      applyTokenError(world, fact)
      noteResumed(contextOf(world, fact.context, fact), fact)
      return
    case 'var-read':
      applyRead(world, fact)
      return
    case 'lookup-error':
      variableOf(world, fact.variable, fact)
      noteResumed(contextOf(world, fact.context, fact), fact)
      world.refusals.push(fact)
      return
    case 'reentry-error':
      contextOf(world, fact.context, fact)
      world.refusals.push(fact)
      return
    case 'run-started':
      applyRunStarted(world, fact)
      return
    case 'run-ended':
      applyRunEnded(world, fact)
      return
    case 'task-created':
      applyTaskCreated(world, fact)
      return
    case 'task-started':
      applyTaskStarted(world, fact)
      return
    case 'task-settled':
      applyTaskSettled(world, fact)
      return
    case 'callback-ran':
      applyCallbackRan(world, fact)
      return
    case 'token-collected':
      applyTokenCollected(world, fact)
      return
    case 'context-collected':
      applyContextCollected(world, fact)
      return
    case 'await-untracked':
      contextOf(world, fact.context, fact)
      if (fact.resumed !== null) contextOf(world, fact.resumed, fact)
      world.untracked.push(fact)
      return
    case 'entry-unfollowed':
      contextOf(world, fact.context, fact)
      world.unfollowed.push(fact)
      return
    case 'default-changed':
      variableOf(world, fact.variable, fact)
      contextOf(world, fact.context, fact)
      count(world.changedDefaults, `${fact.variable}`, fact)
      return
    case 'work-awaited':
      applyWorkAwaited(world, fact)
      return
    case 'recording-level':
      world.level = fact
      return
    case 'gap':
      return
    case 'census':
      applyCensus(world, fact)
      return
    case 'not-reduced':
      contextOf(world, fact.context, fact)
      for (const variable of fact.variables) variableOf(world, variable, fact)
      count(world.notReduced, `${fact.why} ${fact.variables} ${fact.stack}`, fact)
      return
    default:
      assertUnreachable(fact)
  }
}

/** Unreachable for a fact that passed validation; a kind of fact from tomorrow changes nothing. */
function assertUnreachable(_fact: never): void {}
