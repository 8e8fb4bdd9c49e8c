// What happened, as entries of tracks in the Performance panel: tasks, runs and callbacks over time, and as points what was set and what was
// refused. Facts come one after the other, and only what goes on is remembered.

import type { ContextId, Fact, Millis, TaskId, VariableId } from '../../runtime/protocol'

export const TRACKS = ['Tasks', 'Runs', 'Callbacks', 'Values', 'Errors'] as const

/** The colours that the Performance panel has for entries of others. */
export type TrackColour = 'primary' | 'primary-dark' | 'secondary' | 'secondary-light' | 'tertiary' | 'error'

export interface TrackEntry {
  track: (typeof TRACKS)[number]
  label: string
  start: Millis
  end: Millis
  colour: TrackColour
}

/** A label is read at a glance. */
const LONGEST = 80
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

interface Begun {
  label: string
  since: Millis
}

export class Tracks {
  readonly #variables = new Map<VariableId, string>()
  readonly #contexts = new Map<ContextId, Begun>()
  readonly #tasks = new Map<TaskId, Begun>()
  readonly #runs = new Map<ContextId, Millis[]>()

  /** What comes to its end by this fact, or is a point of it. */
  take(fact: Fact): TrackEntry[] {
    const { at } = fact
    switch (fact.type) {
      case 'var-created':
        this.#variables.set(fact.variable, fact.name)
        return []
      case 'context-created':
        this.#contexts.set(fact.context, { label: fact.name ?? fact.api ?? fact.kind, since: at })
        return []
      case 'census':
        for (const { variable, name } of fact.variables) this.#variables.set(variable, name)
        for (const { context, name, api, kind } of fact.contexts) {
          if (!this.#contexts.has(context)) this.#contexts.set(context, { label: name ?? api ?? kind, since: at })
        }
        return []
      case 'context-collected':
        this.#contexts.delete(fact.context)
        this.#runs.delete(fact.context)
        return []
      case 'task-created':
        this.#tasks.set(fact.task, { label: fact.name, since: at })
        return []
      case 'task-started': {
        const task = this.#tasks.get(fact.task)
        if (task !== undefined) task.since = at
        return []
      }
      case 'task-settled': {
        const task = this.#tasks.get(fact.task)
        this.#tasks.delete(fact.task)
        const colour = fact.outcome === 'rejected' ? 'error' : 'primary'
        return task === undefined ? [] : [span('Tasks', task.label, task.since, at, colour)]
      }
      case 'run-started': {
        const since = this.#runs.get(fact.context) ?? []
        this.#runs.set(fact.context, [...since, at])
        return []
      }
      case 'run-ended': {
        const since = this.#runs.get(fact.context)?.pop()
        return since === undefined
          ? []
          : [span('Runs', this.#label(fact.context), since, at, fact.threw ? 'error' : 'secondary')]
      }
      case 'callback-ran': {
        // It may be a call of one that was announced before; of what was not, nothing is known.
        const callback = this.#contexts.get(fact.context)
        const colour = fact.threw ? 'error' : 'tertiary'
        return callback === undefined ? [] : [span('Callbacks', callback.label, callback.since, at, colour)]
      }
      case 'var-set':
        return [this.#set(fact)]
      case 'token-error':
        return [point('Errors', `${this.#name(fact.variable)}: reset refused, ${fact.code}`, at, 'error')]
      case 'lookup-error':
        return [point('Errors', `${this.#name(fact.variable)}: no value`, at, 'error')]
      case 'reentry-error':
        return [point('Errors', `${this.#label(fact.context)}: entered already`, at, 'error')]
      default:
        return []
    }
  }

  #set({ context, variable, value, at }: Extract<Fact, { type: 'var-set' }>): TrackEntry {
    const label = `${this.#name(variable)} = ${value.text}`
    const entry = this.#contexts.get(context)
    // A run of a variable is told by its value.
    if (entry?.label === this.#name(variable) && !this.#runs.has(context)) entry.label = short(label)
    return point('Values', label, at, 'secondary-light')
  }

  #name(variable: VariableId): string {
    return this.#variables.get(variable) ?? `variable ${variable}`
  }

  #label(context: ContextId): string {
    return this.#contexts.get(context)?.label ?? `context ${context}`
  }
}

const span = (
  track: TrackEntry['track'],
  label: string,
  start: Millis,
  end: Millis,
  colour: TrackColour,
): TrackEntry => ({ track, label: short(label), start, end, colour })

const point = (track: TrackEntry['track'], label: string, at: Millis, colour: TrackColour): TrackEntry =>
  span(track, label, at, at, colour)
