// rxjs: streams over timers, promises and requests. Its `asap` and `animationFrame` schedulers drain one queue for everybody.

import {
  animationFrameScheduler,
  asapScheduler,
  asyncScheduler,
  catchError,
  concatMap,
  debounceTime,
  defer,
  delay,
  finalize,
  from,
  interval,
  lastValueFrom,
  map,
  mergeMap,
  type Observable,
  observeOn,
  of,
  queueScheduler,
  retry,
  Subject,
  share,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  timer,
  toArray,
} from 'rxjs'
import { ajax } from 'rxjs/ajax'
import { fromFetch } from 'rxjs/fetch'
import type { Job } from '../caller'
import { moment } from './moment'

const sharedTicks: Observable<number> = interval(5).pipe(take(3), share())

export const rxjs: Record<string, Job> = {
  'interval, concatMap and lastValueFrom': async (caller) => {
    const values = interval(2).pipe(
      take(4),
      tap(() => caller.see('ticks: tick')),
      concatMap(async (i) => {
        caller.see(`projects: begin ${i}`)
        await moment(1)
        caller.see(`projects: end ${i}`)
        return i * 2
      }),
      finalize(() => caller.see('finalize')),
      toArray(),
    )
    const result = await caller.resume('last value', lastValueFrom(values))
    return result
  },

  'debounced typing, of which only the latest search counts': async (caller) => {
    const typed = new Subject<string>()
    const found: string[] = []
    const finished = lastValueFrom(
      typed.pipe(
        debounceTime(20),
        switchMap((text) => {
          caller.see(`search ${text}`)
          return fromFetch(`/api/answer?text=${text}&ms=20`, {
            selector: (response) => {
              caller.see(`response ${text}`)
              return response.json() as Promise<{ text: string }>
            },
          })
        }),
        tap(({ text }) => {
          caller.see(`found ${text}`)
          found.push(text)
        }),
        take(1),
      ),
    )
    for (const text of ['c', 'co', 'con']) {
      typed.next(text)
      await moment(1)
    }
    await finished
    caller.see('finished')
    return found
  },

  'requests by fetch and by ajax, two at a time': async (caller) => {
    const answers = from([1, 2, 3, 4]).pipe(
      mergeMap((id) => {
        caller.see(`${id}: ask`)
        const url = `/api/answer?id=${id}&ms=${id}`
        return id % 2 === 0
          ? ajax.getJSON<{ id: string }>(url)
          : fromFetch(url, { selector: (response) => response.json() as Promise<{ id: string }> })
      }, 2),
      tap(({ id }) => caller.see(`${id}: answer`)),
      map(({ id }) => id),
      toArray(),
    )
    const ids = await lastValueFrom(answers)
    caller.see('all answered')
    return ids.sort()
  },

  'retry, timeout and errors': async (caller) => {
    let attempt = 0
    const third = defer(() => {
      caller.see(`attempt ${++attempt}`)
      return attempt < 3 ? timer(1).pipe(mergeMap(() => throwError(() => new Error('not yet')))) : of('third time')
    }).pipe(
      retry({
        count: 5,
        delay: () => {
          caller.see('between attempts')
          return timer(1)
        },
      }),
    )
    const late = of('late').pipe(
      delay(1000),
      timeout(2),
      catchError((error: Error) => {
        caller.see('caught')
        return of(error.name)
      }),
    )
    // One after the other: side by side, whose timer is first is the machine's to say.
    const retried = await lastValueFrom(third)
    caller.see('retried')
    const timedOut = await lastValueFrom(late)
    caller.see('timed out')
    return [retried, timedOut]
  },

  'the async and the queue scheduler': async (caller) => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      queueScheduler.schedule(() => {
        caller.see('queue')
        queueScheduler.schedule(() => order.push('queue, nested'))
        order.push('queue')
      })
      let times = 0
      asyncScheduler.schedule(function () {
        caller.see('async')
        order.push('async')
        if (++times < 3) this.schedule(undefined, 1)
        else resolve()
      }, 1)
    })
    caller.see('over')
    return order
  },

  'the asap and animationFrame schedulers, with wrapped callbacks': async (caller) => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      animationFrameScheduler.schedule(
        caller.wrap(() => {
          caller.see('animation frame')
          order.push('animation frame')
          resolve()
        }),
      )
      asapScheduler.schedule(
        caller.wrap(() => {
          caller.see('asap')
          order.push('asap')
        }),
      )
    })
    caller.see('over')
    return order
  },

  'unwrapped, what the asap scheduler drains is of who came first': async (caller) => {
    await new Promise<void>((resolve) => {
      // One queue and one microtask for everybody: it was Ada who asked for it.
      asapScheduler.schedule(() => {
        caller.see('asap', 'Ada')
        resolve()
      })
    })
    caller.see('over')
    const values = await lastValueFrom(of(1, 2).pipe(observeOn(asapScheduler), toArray()))
    caller.see('observed')
    return values
  },

  'a shared stream is of who subscribed first, a wrapped observer of its own': async (caller) => {
    const values: number[] = []
    await new Promise<void>((resolve) => {
      sharedTicks.subscribe(() => caller.see('tick', 'Ada'))
      sharedTicks.subscribe({
        next: caller.wrap((i: number) => {
          caller.see(`wrapped tick ${i}`)
          values.push(i)
        }),
        complete: resolve,
      })
    })
    caller.see('complete')
    return values
  },
}
