// Shows the zones of a page that has a zone.js of its own (Angular's, say) as contexts, where somebody asked for that in the panel: to the
// recorder this is one more runtime, whose contexts are the zones, and whose variables are their properties. Where the page has contexts of its
// own, the zones are told beside these. It only looks: nothing runs otherwise than it would, and no context variable can be had here.

import { type Context, copyFor, valuesOf } from '../context/context'
import { type Hook, runtimeHook, VERSION } from '../context/hook'
import { base } from '../context/storage'
import { attachTap, type Boundary, TAP_VERSION, type Tap, tap } from '../context/tap'
import { makeToken, type Token } from '../context/token'
import { ContextVar, variablesMinted } from '../context/variable'
import { type ContextId, OUTLET_KEY, ZONE_FORK } from '../protocol'
import type { Lent } from '../recorder/lent'

/** What is used of zone.js. */
interface Zone {
  readonly name: string
  readonly parent: Zone | null
  fork(spec: object): Zone
}
interface ZoneClass {
  readonly current: Zone
  readonly prototype: Zone
  /** By which it knows itself, too, where it is loaded twice. */
  __symbol__(name: string): string
}

const GLOBAL = 'Zone'
const LIMIT = 'zone.js goes on in the root zone after one'
/** A variable is never let go, and an application may name a property for each of its requests. */
const MOST = 100

const contexts = new WeakMap<Zone, Context>()
const variables = new Map<string, ContextVar<unknown>>()

/** What the page’s own runtime counts is far below, and a person sees that such a number is of another kind. */
const FAR = 1_000_000_000

/** Once: its contexts are to be as many as the zones. */
let isMet = false
let counted = 1
/** What is recorded, where that is the page's own runtime. */
let beside: { base: Context; tap: Tap } | null = null

/** Two runtimes number what they make, each from one: beside another, what is told here has numbers of its own. */
function renumber(made: Context | Token<unknown>): void {
  if (beside !== null) Object.defineProperty(made, 'id', { value: FAR + made.id })
}

/** As the recorder is told of it. A variable is frozen, so something of its looks stands for it. */
function toldVariable(variable: ContextVar<unknown>): ContextVar<unknown> {
  if (beside === null) return variable
  const { id, name } = variable
  return { id: FAR + id, name, hasDefault: false } as ContextVar<unknown>
}

/** What a recorder asks a context for when it has dropped what it was told. */
function* toldEntries(context: Context): Generator<[ContextVar<unknown>, unknown], void> {
  for (const [variable, value] of valuesOf(context).entries()) yield [toldVariable(variable), value]
}

function contextOf(zone: Zone, boundary: Boundary = contextOf): Context {
  // The root is there before anything, and holds nothing.
  if (zone.parent === null) return base
  const known = contexts.get(zone)
  if (known !== undefined) return known
  // It may be anything, whose text would be code of the page.
  const name = typeof zone.name === 'string' ? zone.name : null
  const parent = contextOf(zone.parent)
  const context = copyFor(parent, 'copy', ZONE_FORK, name, boundary)
  renumber(context)
  if (beside !== null) Object.defineProperty(context, 'entries', { value: () => toldEntries(context) })
  beside?.tap.contextCreated(context, parent === base ? beside.base : parent, 'copy', ZONE_FORK, name, boundary)
  contexts.set(zone, context)
  counted++
  for (const [name, value] of propertiesOf(zone)) {
    const variable = variableOf(name)
    if (variable === undefined) continue
    const replaced = valuesOf(context).set(variable, value)
    const told = beside?.tap ?? tap
    if (told === null) continue
    const token = makeToken(variable, replaced, context)
    renumber(token)
    told.variableSet(context, toldVariable(variable), token, value, boundary)
    // Nobody gets it, so nobody is waited for to use it.
    token.spend()
  }
  return context
}

/** Zones tell a property to who knows its name; all of them are in a field. What a getter of the page would say is not asked. */
function propertiesOf(zone: Zone): [name: string, value: unknown][] {
  const all = Object.getOwnPropertyDescriptors(Reflect.get(zone, '_properties') ?? {})
  return Object.entries<PropertyDescriptor>(all).flatMap(([name, property]) =>
    property.enumerable && 'value' in property ? [[name, property.value]] : [],
  )
}

function variableOf(name: string): ContextVar<unknown> | undefined {
  const known = variables.get(name)
  if (known !== undefined || variables.size === MOST) return known
  const variable = new ContextVar<unknown>(name)
  variables.set(name, variable)
  return variable
}

/** Something else may be called so, which stays as it is. */
const isZoneClass = (value: unknown): value is ZoneClass => {
  const { __symbol__, prototype } = (value ?? {}) as Partial<ZoneClass>
  return typeof __symbol__ === 'function' && typeof prototype?.fork === 'function'
}

/** What the recorder of this page lends, if there is one by now. */
const lent = (): Lent | undefined => (Reflect.get(globalThis, OUTLET_KEY) as { lent?: Lent } | undefined)?.lent

function meet(zones: unknown): void {
  if (isMet || !isZoneClass(zones)) return
  const hook = runtimeHook()
  if (hook === null || (hook.runtimes.length > 0 && lent()?.tap === undefined)) return
  isMet = true
  const { fork } = zones.prototype
  let isBegun = false
  const forkShown = function (this: Zone, ...spec: [object]): Zone {
    const zone = Reflect.apply(fork, this, spec)
    try {
      if (!isBegun) begin(hook, zones)
      isBegun = true
      contextOf(zone, forkShown)
    } catch {
      // A zone that is none of zone.js' own is not shown.
    }
    return zone
  }
  zones.prototype.fork = forkShown
}

/** Not before the first zone: what the page imports is evaluated by then, a runtime of its own, too, which is the one that is recorded. */
function begin(hook: Hook, zones: ZoneClass): void {
  const lends = lent()
  const { runtime, tap } = lends ?? {}
  if (lends !== undefined && runtime !== undefined && tap !== undefined) {
    beside = { base: runtime.base, tap }
    lends.beside = { first: (FAR + 1) as ContextId, last: () => (FAR + counted) as ContextId }
    return
  }
  contextOf(zones.current)
  announce(hook, zones)
}

function announce(hook: Hook, zones: ZoneClass): void {
  const runtime = {
    tapVersion: TAP_VERSION,
    version: VERSION,
    origin: 'zone.js' as const,
    base,
    current: () => contextOf(zones.current),
    attach: attachTap,
    propagation: () => ({ nativeAwait: false, events: 'registration' as const, limits: [LIMIT] }),
    entries: (context: Context) => context.entries(),
    counts: () => ({ contexts: counted, variables: variablesMinted(), tokens: 0 }),
  }
  hook.runtimes.push(runtime)
  hook.found?.(runtime)
}

/** Before the page's first script there is none yet: then it is met where zone.js leaves it. */
function waitForZones(): void {
  const present: unknown = Reflect.get(globalThis, GLOBAL)
  if (present !== undefined) {
    meetHarmlessly(present)
    return
  }
  Reflect.defineProperty(globalThis, GLOBAL, {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(value: unknown) {
      Reflect.defineProperty(globalThis, GLOBAL, { value, writable: true, configurable: true, enumerable: true })
      meetHarmlessly(value)
    },
  })
}

function meetHarmlessly(zones: unknown): void {
  try {
    meet(zones)
  } catch {
    // One that cannot be met, or throws when it is looked at: the page goes on as it would.
  }
}

waitForZones()
