// The classic mistakes, as the page offers them: what went wrong, in one sentence, and what the panel shows of it.

import { barePromiseAll } from './bare-promise-all'
import { carriedToTheNext } from './carried-to-the-next'
import { contextLost } from './context-lost'
import { defaultThatChanges } from './default-that-changes'
import { enteredTwice } from './entered-twice'
import { forgottenReset } from './forgotten-reset'
import { leftInTask } from './left-in-task'
import { leftOutOfData } from './left-out-of-data'
import { leftUnrecorded } from './left-unrecorded'
import { listenerElsewhere } from './listener-elsewhere'
import { lookupWithoutValue } from './lookup-without-value'
import { outlivedValue } from './outlived-value'
import { refusalSwallowed } from './refusal-swallowed'
import { setAfterSpawn } from './set-after-spawn'
import { timerLeftRunning } from './timer-left-running'
import { tokenInAnotherContext } from './token-in-another-context'
import { tokenOnAnotherVariable } from './token-on-another-variable'
import { tokenUsedTwice } from './token-used-twice'
import { variableInFunction } from './variable-in-function'
import { withoutEffect } from './without-effect'
import { workerStartsEmpty } from './worker-starts-empty'

export interface Mistake {
  name: string
  /** Makes it. Rejects with the error that it ends in, if it does. */
  make: () => Promise<void>
  whatWentWrong: string
  inThePanel: string
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'Variable made in a function',
    make: variableInFunction,
    whatWentWrong:
      'Each call of discount() made another variable, so the till found none of the 20 % and the reset was refused.',
    inThePanel:
      'the problem “Token of another variable”, which says that two variables are called discount, and a note with the line that makes them.',
  },
  {
    name: 'Forgotten reset',
    make: forgottenReset,
    whatWentWrong:
      'The counter set currentUser to Edsger in the base context and never reset it, so the guest’s order went to his account.',
    inThePanel: 'a warning with the set, the request that inherited the value, and its read.',
  },
  {
    name: 'Token used twice',
    make: tokenUsedTwice,
    whatWentWrong:
      'The work and the finally around it both reset currentUser with one token, and the second was refused.',
    inThePanel: 'the problem with all three places: the set, the first reset, the refused one.',
  },
  {
    name: 'Token of another context',
    make: tokenInAnotherContext,
    whatWentWrong:
      'A promise callback, which runs in a copy, tried to reset what was set outside of it, so the request id is still set.',
    inThePanel: 'both contexts side by side, and the hop between them.',
  },
  {
    name: 'Refused reset that is swallowed',
    make: refusalSwallowed,
    whatWentWrong:
      'The error of a refused reset was caught and dropped, so nothing failed, and the request id is still set after its work.',
    inThePanel:
      'the token of another context, with the reset that was refused, and the task that came to a good end all the same.',
  },
  {
    name: 'Token of another variable',
    make: tokenOnAnotherVariable,
    whatWentWrong: 'parcel.reset was given the token of requestId, so neither of them was reset.',
    inThePanel: 'the problem with both variables, and where each was set.',
  },
  {
    name: 'Lookup without a value',
    make: lookupWithoutValue,
    whatWentWrong: 'audit() asked for requestId outside of any request, and requestId has no default.',
    inThePanel: 'the problem with the context that was asked, and why the value is not there.',
  },
  {
    name: 'Context lost',
    make: contextLost,
    whatWentWrong:
      'Sixty awaits of plain values came in a row, with nothing between them. Behind them the work went on in the base context, where it is on no shelf.',
    inThePanel: 'a warning with the set, the function that went on outside, and its read of the default.',
  },
  {
    name: 'Set after the task was made',
    make: setAfterSpawn,
    whatWentWrong:
      'The task “receipt” copied its context before currentUser was set, so Margaret’s receipt went to somebody else.',
    inThePanel: 'a note with the task “receipt”, the set that came too late for it, and its read of the default.',
  },
  {
    name: 'Value left in a copy',
    make: leftInTask,
    whatWentWrong:
      'The task “sign-in” set currentUser to Barbara in its own copy, so the account that is opened is the guest’s.',
    inThePanel: 'a note with the set, who waited for the task, and their read of the default.',
  },
  {
    name: 'Reset out of order',
    make: barePromiseAll,
    whatWentWrong:
      'Both calls wrote requestId into one context, so the lines after the await carry the wrong request, and one stays set.',
    inThePanel: 'a warning with both sets and both resets, out of order, and the value that came back.',
  },
  {
    name: 'Context already entered',
    make: enteredTwice,
    whatWentWrong:
      'What ran in the context of the till entered it once more, which was refused, so nobody counted the money.',
    inThePanel: 'the problem with both runs, and the line that gives the second a copy.',
  },
  {
    name: 'Default that changes',
    make: defaultThatChanges,
    whatWentWrong:
      'The first guest’s milk was added to the default of extras, which is one list for all, so the second guest had it, too.',
    inThePanel: 'a note with the default as it was and as it was found.',
  },
  {
    name: 'Left out of the data',
    make: leftOutOfData,
    whatWentWrong:
      'The order was kept as data without its table, which nobody had registered, so nobody knows where to serve it.',
    inThePanel: 'a note with the variable that stayed behind, and the line that registers it.',
  },
  {
    name: 'Value carried over',
    make: carriedToTheNext,
    whatWentWrong:
      'While Radia was served, the listener for the next call was added. It kept a copy of her context, so the phone was picked up in her name when Hedy called.',
    inThePanel: 'a note with both sets, the listener that the value came along with, and the line to start it anew.',
  },
  {
    name: 'Value kept by a timer',
    make: timerLeftRunning,
    whatWentWrong:
      'Frances started a timer and went home. It goes on, keeps what was set when it was started, and looks at the kettle in her name.',
    inThePanel: 'a note with the value, its reset, the end of the task, and the line that starts the timer.',
  },
  {
    name: 'Listener in another context',
    make: listenerElsewhere,
    whatWentWrong:
      'Annie waited for the bell and added a listener, but it runs where the guest rings, so nobody comes to the table.',
    inThePanel:
      'a note with what was set where the listener was added, once Settings has “Listeners in another context: Told as notes”.',
  },
  {
    name: 'Value that outlives its work',
    make: outlivedValue,
    whatWentWrong:
      'Karen’s order started the writer, which goes on in a copy of her context, so Anita’s order is written down in Karen’s name.',
    inThePanel:
      'a note with both sets and the task that goes on, once Settings has “Values that outlive their work: Told as notes”.',
  },
  {
    name: 'Set or read without effect',
    make: withoutEffect,
    whatWentWrong: 'One part sets voucher, the other one reads coupon, so the full price is paid.',
    inThePanel:
      'a note that nobody reads voucher, and one that nobody sets coupon, once Settings has “Variables without effect: Told as notes”.',
  },
  {
    name: 'Left out of the recording',
    make: leftUnrecorded,
    whatWentWrong:
      'The leaves were counted in one go: more facts than the log of the recording holds, before anybody could read them.',
    inThePanel: 'a note with how many facts are missing, and which.',
  },
  {
    name: 'Worker',
    make: workerStartsEmpty,
    whatWentWrong:
      'The worker starts empty, as a thread does: the first message did not bring the request id along. The second did, by carryContext(worker).',
    inThePanel:
      'the worker as a root of its own; there the lookup without a value, and the context “message”, in which the id is restored.',
  },
]
