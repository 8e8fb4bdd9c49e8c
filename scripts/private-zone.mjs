// A Vite plugin that gives zone.js a scope of its own, as the module `virtual:private-zone`. As it comes, zone.js installs itself
// when it is loaded, puts `Zone` on the global object and reads it there again, and leaves string-named marks on everything it
// patches: two copies of it cannot live in one page. Made private it does nothing until `interceptTimers()` is called, says
// nothing on the global object, marks with symbols, and patches nothing but timers and frames. Every rewrite must match
// exactly once or the build stops: another version of zone.js is read by a person before it is taken.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const ID = 'virtual:private-zone'

/** @type {[what: string, find: string | RegExp, replacement: string][]} */
const REWRITES = [
  [
    'its prefix for names',
    /function __symbol__\(name\) \{[\s\S]*?\n\}/g,
    `const __symbols = new Map();
/* @__NO_SIDE_EFFECTS__ */
function __symbol__(name) {
  let symbol = __symbols.get(name);
  if (symbol === undefined) __symbols.set(name, (symbol = Symbol("contextvars " + name)));
  return symbol;
}`,
  ],
  ['its constant prefix', /^var ZONE_SYMBOL_PREFIX = __symbol__\(""\);$/gm, 'var ZONE_SYMBOL_PREFIX;'],
  [
    'the name it looks up for a removed listener',
    'ZONE_SYMBOL_PREFIX + "ON_PROPERTY" + eventName',
    '__symbol__("ON_PROPERTY" + eventName)',
  ],
  ['the switch of each patch', '!global["__Zone_disable_" + name]', 'true'],
  // Timers and frames stand before them. Promises are native's own business; event listeners it emulates, and `once`, `passive`, errors,
  // attributes and frozen targets come out differently; observers and custom elements it replaces by look-alikes.
  ['its other patches', / {2}Zone3\.__load_patch\("blocking"[\s\S]*?\n\}\n/g, '}\n'],
  ['its look at the host', /^var isWebWorker = [\s\S]*?(?=^var zoneSymbolEventNames = )/gm, ''],
  ['its performance marks', 'const performance = global["performance"];', 'const performance = undefined;'],
  ['how it is loaded', /function loadZone\(\) \{[\s\S]*?\n\}/g, ''],
  [
    'its start',
    /var Zone2 = loadZone\(\);\npatchCommon\(Zone2\);\npatchBrowser\(Zone2\);/g,
    `var Zone;
export function interceptTimers() {
  Zone = initZone();
  patchBrowser(Zone);
  return Zone;
}`,
  ],
  ['its promise, in its common part', /function patchCommon\(Zone3\) \{[\s\S]*?\n\}/g, ''],
  // There is the root and no other zone, so nobody intercepts anything; and nothing is scheduled but timers and frames.
  ['its check of the promise', / {4}static assertZonePatched\(\) \{[\s\S]*?\n {4}\}\n/g, ''],
  ['what a page does with a zone', / {4}get\(key\) \{[\s\S]*?(?= {4}runTask\()/g, ''],
  ['its microtasks', / {4}scheduleMicroTask\(source[\s\S]*?\n {4}\}\n/g, ''],
  ['how it schedules them', / else if \(task\.type == microTask\) \{\n {10}scheduleMicroTask\(task\);\n {8}\}/g, ''],
  [
    'how it runs them after a task',
    /_numberOfNestedTaskFrames\+\+;\n {6}try \{[\s\S]*?\n {6}\}\n(?= {4}\}\n {4}get zone\(\))/g,
    'task.runCount++;\n      return task.zone.runTask(task, target, args);\n',
  ],
  ['what its patches may use', /const _api = \{[\s\S]*?\n {2}\};/g, 'const _api = undefined;'],
  ['its event tasks', / {4}scheduleEventTask\(source[\s\S]*?\n {4}\}\n/g, ''],
  ['its interceptors', / {6}__publicField\(this, "_forkDlgt"\);[\s\S]*?"_hasTaskCurrZone"\);\n/g, ''],
  ['where they come from', / {6}this\._forkZS = zoneSpec[\s\S]*?\n(?= {4}\}\n {4}get zone\(\))/g, ''],
  ['what they do with functions', / {4}fork\(targetZone, [\s\S]*?(?= {4}handleError\(targetZone)/g, ''],
  [
    'whom it tells how many tasks there are',
    / {4}hasTask\(targetZone, isEmpty\) \{[\s\S]*?(?= {2}\}\n {2}class ZoneTask )/g,
    '',
  ],
  // A page gets the host's own handle.
  ['a task as data', / {4}toJSON\(\) \{[\s\S]*?\n {4}\}\n/g, ''],
  ['how many there are', / {6}__publicField\(this, "_taskCounts", \{[\s\S]*?\}\);\n/g, ''],
  ['how it counts them', / {4}_updateTaskCount\(task, count\) \{[\s\S]*?\n {4}\}\n/g, ''],
  [
    'its count of one less, after a task',
    / {12}const zoneDelegates = zoneTask\._zoneDelegates;\n.*\n.*\n {12}if \(isRefreshable\) \{[\s\S]*?\n {12}\}\n/g,
    '            reEntryGuard && zoneTask._transitionTo(notScheduled, running, notScheduled);\n',
  ],
  ['its count of one more', / {6}if \(task\._zoneDelegates === zoneDelegates\) \{\n.*\n {6}\}\n/g, ''],
  ['whom that is told', / {6}const zoneDelegates = \[\];\n.*\n/g, ''],
  ['its count of one less, where a task is cancelled', / {6}this\._updateTaskCount\(task, -1\);\n/g, ''],
  ['its field for that', / {6}__publicField\(this, "_zoneDelegates", null\);\n/g, ''],
  ['which is emptied', / {8}if \(toState == notScheduled\) \{\n {10}this\._zoneDelegates = null;\n {8}\}\n/g, ''],
  [
    'a task that is scheduled in another zone',
    / {6}if \(task\.zone && task\.zone !== this\) \{[\s\S]*?\n {6}\}\n/g,
    '',
  ],
  ['one that is run there', / {6}if \(task\.zone != this\) \{\n.*\n {6}\}\n/g, ''],
  ['and one that is cancelled there', / {6}if \(task\.zone != this\)\n.*\n/g, ''],
  ['what listeners share', /if \(type === eventTask && options && options\.useG\) \{\n.*\n {6}\} else \{/g, '{'],
]

/** What stands in several places, and in how many. @type {[find: RegExp, replacement: string, times: number][]} */
const EVERYWHERE = [
  // Names that zone.js builds by adding strings: each becomes a symbol of the whole.
  [/ZONE_SYMBOL_PREFIX2? \+ (\w+)/g, '__symbol__($1)', 4],
  // The interceptors, which are not there; what is done where they are is left out by the minifier.
  [/\bthis\._\w+ZS\b/g, 'undefined', 9],
  // Fields that are set right afterwards.
  [/ {6}__publicField\(this, "\w+"\);\n/g, '', 12],
]

/** @param {string} source @returns {string} */
export function privateZone(source) {
  for (const [what, find, replacement] of REWRITES) {
    const pieces = source.split(find)
    if (pieces.length !== 2)
      throw new Error(
        `private-zone: ${what} stands ${pieces.length - 1} times in zone.js, not once: read its new version`,
      )
    source = pieces.join(replacement)
  }
  for (const [find, replacement, times] of EVERYWHERE) {
    const found = source.match(find)?.length ?? 0
    if (found !== times)
      throw new Error(`private-zone: ${find} stands ${found} times in zone.js, not ${times}: read its new version`)
    source = source.replace(find, replacement)
  }
  return source
}

/** @returns {import('vite').Plugin} */
export function privateZonePlugin() {
  return {
    name: 'private-zone',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null
      const packageFile = createRequire(import.meta.url).resolve('zone.js/package.json')
      return privateZone(await readFile(join(dirname(packageFile), 'fesm2015/zone.js'), 'utf8'))
    },
  }
}
