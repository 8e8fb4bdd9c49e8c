// Recordings of before, made into what they would be if they were written today: one step from each version to the next, so that a
// step is written once and never touched again. `test/model/samples/` has a file of each version, for ever.

type JsonObject = Record<string, unknown>

/** By the version that it starts from. A step gets what that version wrote, unchecked; it answers a new object. */
export type Upgrades = ReadonlyMap<number, (old: JsonObject) => JsonObject>

/** Version 1 is the first, and today's. */
const STEPS: Upgrades = new Map()

/** Brings a recording of version `from` to version `to`. A step that fails leaves it for the reader to refuse. */
export function upgraded(recording: JsonObject, from: number, to: number, steps: Upgrades = STEPS): JsonObject {
  let current = recording
  for (let version = from; version < to; version++) {
    try {
      current = { ...(steps.get(version)?.(current) ?? current), version: version + 1 }
    } catch {
      return current
    }
  }
  return current
}
