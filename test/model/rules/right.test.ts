// What is right, and close to a mistake: no rule has a word for it, neither the one whose mistake it is close to nor another, notes and rules on
// request included.

import { describe, expect, test } from 'vitest'
import { judge, rulesOnRequest } from '../../../panel/model/rules'
import type { RuleId } from '../../../panel/testing'
import { story } from '../story'

const USED = 'user is a variable, default "guest"\nlang is a variable, default "en"\n'

/** By the rule whose mistake it is close to. */
const right: Partial<Record<RuleId, Record<string, string>>> = {
  'already-entered': {
    'a run after another one': 'base copies a\na enters\na leaves\na enters\na leaves',
    'a run after one that threw': 'base copies a\na enters\na leaves by an error\na enters\na leaves',
    'a copy is entered within': 'base copies a\na enters\na copies b\nb enters from a\nb leaves\na leaves',
    'a copy that somebody else made of it':
      'base copies a\na is copied as b\na enters\nb enters from a\nb leaves\na leaves',
    'two contexts, each within the other, in turn':
      'base copies a\nbase copies b\na enters\nb enters from a\nb leaves\na leaves\nb enters\na enters from b\na leaves\nb leaves',
    'a callback that was handed over within': 'base copies a\na enters\na hands over then\na leaves\nthen returns',
    'tasks that share it take turns':
      'base copies a\na runs task One\ntask One begins\nOne settles\na runs task Two\ntask Two begins\nTwo settles',
    'a context that is new, and one that was restored':
      'a is new\na enters\na leaves\nbase restores b\nb enters\nb leaves\nb enters\nb leaves',
  },
  'token-other-variable': {
    'each variable by its own token, newest first':
      'base sets user = 1 as u\nbase sets lang = 2 as l\nbase reads user, own\nbase reads lang, own\nbase resets lang by l\nbase resets user by u',
    'each by its own, in any order':
      'base sets user = 1 as u\nbase sets lang = 2 as l\nbase reads user, own\nbase reads lang, own\nbase resets user by u\nbase resets lang by l',
    'two variables of one name, each by its own':
      'other is a variable called user, default 0 @ lib.js:1\nbase sets user = 1 as u\nbase sets other = 2 as o\nbase reads user, own\nbase reads other, own\nbase resets other by o\nbase resets user by u',
    'of one line, in two contexts':
      'base starts task A\nbase starts task B\nA sets user = 1 as u @ app.js:3\nB sets lang = 2 as l @ app.js:3\nA reads user, own\nB reads lang, own\nB resets lang by l @ app.js:5\nA resets user by u @ app.js:5\nA settles\nB settles',
    'one within the other, again and again':
      'base sets user = 1 as u\nbase sets lang = 2 as l\nbase reads lang, own\nbase resets lang by l\nbase sets lang = 3 as m\nbase reads lang, own\nbase reads user, own\nbase resets lang by m\nbase resets user by u',
    'by another function than the one that set':
      'base sets user = 1 as u @ enter app.js:3\nbase reads user, own\nbase resets user by u @ leave lib.js:9',
  },
  'token-used-twice': {
    'two sets, each undone once':
      'base sets user = 1 as t\nbase sets user = 2 as u\nbase reads user, own\nbase resets user by u to 1\nbase resets user by t',
    'one line that sets and resets at every call':
      'base sets user = 1 as t @ app.js:3\nbase reads user, own\nbase resets user by t @ app.js:5\nbase sets user = 2 as u @ app.js:3\nbase reads user, own\nbase resets user by u @ app.js:5',
    'a token that is collected after its use':
      'base sets user = 1 as t\nbase reads user, own\nbase resets user by t\ntoken t is collected',
    'one line that resets what two others set':
      'base sets user = 1 as t @ app.js:3\nbase reads user, own\nbase resets user by t @ app.js:9\nbase sets user = 2 as u @ app.js:4\nbase reads user, own\nbase resets user by u @ app.js:9',
    'at once, in two tasks':
      'base starts task A\nbase starts task B\nA sets user = 1 as t @ app.js:3\nB sets user = 2 as u @ app.js:3\nA reads user, own\nB reads user, own\nA resets user by t @ app.js:5\nB resets user by u @ app.js:5\nA settles\nB settles',
    'in a generator that is left and gone on with':
      'base sets user = 1 as t @ *rows app.js:3\nbase reads user, own\nbase resets user by t @ *rows app.js:6',
  },
  'token-other-context': {
    'in the task that set':
      'base starts task A\nA sets user = 1 as t\nA reads user, own\nA resets user by t\nA settles',
    'in the callback that set':
      'base hands over click\nclick sets user = 1 as t\nclick reads user, own\nclick resets user by t\nclick returns',
    'in the run that set':
      'base copies c\nc enters\nc sets user = 1 as t\nc reads user, own\nc resets user by t\nc leaves',
    'where it was set, while a copy of it goes on':
      'base sets user = 1 as t\nbase starts task A\nA reads user, inherited\nA settles\nbase resets user by t',
    'after an await that came back':
      'base starts task A\nA sets user = 1 as t @ app.js:3\nA hands over then\nthen reads user, inherited\nthen returns\nA resets user by t @ app.js:9\nA settles',
    'in a context that two runs enter':
      'base copies c\nc enters\nc sets user = 1 as t\nc leaves\nc enters\nc reads user, own\nc resets user by t\nc leaves',
    'each in its own, of a context and its copy':
      'base starts task A\nA sets user = 1 as t\nA starts task B\nB sets user = 2 as u\nB reads user, own\nB resets user by u to 1\nB settles\nA reads user, own\nA resets user by t\nA settles',
    'in a context that was restored':
      'base restores c\nc enters\nc sets user = 1 as t\nc reads user, own\nc resets user by t\nc leaves',
  },
  'lookup-without-value': {
    'its own value': 'base sets user = 1 as t\nbase reads user, own\nbase resets user by t',
    'one that it inherited':
      'base sets user = 1 as t\nbase starts task A\nA reads user, inherited\nA settles\nbase resets user by t',
    'one that it brings along for nobody, after the reset':
      'base sets user = 1 as t\nbase reads user, own\nbase resets user by t\nbase reads user, fallback',
    'one for nobody, in a copy of an empty context': 'c is new\nc enters\nc reads user, fallback\nc leaves',
    'the default, after the reset':
      'base sets user = 1 as t\nbase reads user, own\nbase resets user by t\nbase reads user, default',
    'one that was set again':
      'base sets user = 1 as t\nbase resets user by t\nbase sets user = 2 as u\nbase reads user, own\nbase resets user by u',
    'one of two levels above':
      'base sets user = 1 as t\nbase starts task A\nA hands over timer\ntimer reads user, inherited\ntimer returns\nA settles\nbase resets user by t',
    'one that was there when the callback was handed over':
      'base sets user = 1 as t\nearly:\nbase resets user by t\nbase hands over click as of early\nclick reads user, inherited\nclick returns',
  },
  'default-changed': {
    'the default, read by several':
      'cart is a variable, default []\nbase starts task A\nA reads cart, default\nbase reads cart, default\nA sets cart = [1] as c\nA reads cart, own\nA resets cart by c\nA settles',
    'an object of its own':
      'cart is a variable, default []\nbase sets cart = [1] as c\nbase reads cart, own\nbase resets cart by c',
    'one that its copies share':
      'cart is a variable, default []\nbase sets cart = [] as c\nbase starts task A\nA reads cart, inherited\nA settles\nbase reads cart, own\nbase resets cart by c',
    'a list without a default':
      'cart is a variable\nbase sets cart = [] as c\nbase reads cart, own\nbase resets cart by c\nbase reads cart, fallback',
  },
  'not-reduced': {
    'a context that was restored, empty': 'c is restored\nc enters\nc reads user, fallback\nc leaves',
    'one that was restored over a copy':
      'base sets user = 1 as t\nbase restores c\nc enters\nc reads user, inherited\nc leaves\nbase resets user by t',
    'a copy that stays here':
      'base sets user = 1 as t\nbase copies c\nc enters\nc reads user, inherited\nc leaves\nbase resets user by t',
    'a task that waits for one in another context':
      'base starts task A\nA starts task B\nA waits for B\nB settles\nA settles',
  },
  'out-of-order-reset': {
    'two contexts, whose resets cross':
      'base starts task A\nbase starts task B\nA sets user = 1 as t\nB sets user = 2 as u\nA reads user, own\nB reads user, own\nA resets user by t\nB resets user by u\nA settles\nB settles',
    'a copy that goes on after the reset':
      'base sets user = 1 as t\nbase starts task A\nA sets user = 2 as u\nA reads user, own\nbase resets user by t\nA resets user by u to 1\nA settles',
    'three, newest first':
      'base sets user = 1 as t\nbase sets user = 2 as u\nbase sets user = 3 as w\nbase reads user, own\nbase resets user by w to 2\nbase resets user by u to 1\nbase resets user by t',
  },
}

for (const [rule, stories] of Object.entries(right)) {
  describe(rule, () => {
    test.each(Object.entries(stories))('%s', (_, told) => {
      const { findings } = judge(story(USED + told).world, { also: rulesOnRequest.map(({ id }) => id) })
      expect(findings.map(({ title }) => title)).toEqual([])
    })
  })
}
