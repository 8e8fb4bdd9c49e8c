// An application of Angular with zone.js, as small as it can be and still do what such applications do: handlers, requests,
// timers, promises, observables, a child that is checked only on demand, work outside of the zone.

import { AsyncPipe } from '@angular/common'
import { HttpClient } from '@angular/common/http'
import { ChangeDetectionStrategy, ChangeDetectorRef, Component, inject, NgZone } from '@angular/core'
import { BehaviorSubject, finalize, map, switchMap, take, timer } from 'rxjs'
import { apart, mark, note, serve } from './diary'

interface Answer {
  drink: string
}

/** It is checked when its input changes, at its own events, and when it says so. */
export const Receipt = Component({
  selector: 'order-receipt',
  inputs: ['drinks'],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ drinks.join(', ') }}; printed {{ printed }}</p>
    <button (click)="print()">Print</button>
  `,
})(
  class {
    drinks: string[] = []
    printed = 0
    readonly #changes = inject(ChangeDetectorRef)

    print(): void {
      serve('Margaret')
      setTimeout(() => {
        note('print: timer')
        this.printed++
        this.#changes.markForCheck()
      })
    }
  },
)

export const OrderDesk = Component({
  selector: 'order-desk',
  imports: [AsyncPipe, Receipt],
  template: `
    <h1>{{ count }} orders, hello {{ name }}</h1>
    <input aria-label="Name" (input)="rename($event)" />
    <button (click)="add()">Add</button>
    <button (click)="load('Ada', 100)">Slow load</button>
    <button (click)="load('Grace', 1)">Fast load</button>
    <button (click)="loadByAwait('Guido')">Load by await</button>
    <button (click)="countDown()">Count down</button>
    <button (click)="both()">Both</button>
    <button (click)="outside()">Outside</button>
    <button (click)="replace()">Replace</button>
    <ul>
      @for (line of lines; track line) {
        <li>{{ line }}</li>
      }
    </ul>
    <output>{{ seconds | async }}</output>
    <order-receipt [drinks]="drinks" />
  `,
})(
  class {
    count = 0
    name = 'nobody'
    lines: string[] = []
    drinks: string[] = ['water']
    readonly seconds = new BehaviorSubject(0)
    readonly #http = inject(HttpClient)
    readonly #zone = inject(NgZone)

    add(): void {
      note('add')
      this.count++
    }

    rename(event: Event): void {
      if (event.target instanceof HTMLInputElement) this.name = event.target.value
    }

    load(customer: string, ms: number): void {
      note(`click for ${customer}`)
      serve(customer)
      this.#http
        .get<Answer>(`/api/answer?drink=tea of ${customer}&ms=${ms}`)
        .pipe(switchMap((answer) => timer(1).pipe(map(() => answer))))
        .subscribe(({ drink }) => {
          note(`${customer}: answer`)
          setTimeout(() => {
            note(`${customer}: timer`)
            new Promise<string>((resolve) => resolve(drink))
              .then((drink) => {
                note(`${customer}: then`)
                return drink.toUpperCase()
              })
              .finally(() => note(`${customer}: finally`))
              .then((drink) => {
                note(`${customer}: rendered`)
                // Which of them comes first is the network's business.
                this.lines = [...this.lines, drink].sort()
              })
          })
        })
    }

    async loadByAwait(customer: string): Promise<void> {
      serve(customer)
      const response = await fetch(`/api/answer?drink=milk of ${customer}&ms=1`)
      note(`${customer}: response`)
      const { drink }: Answer = await response.json()
      note(`${customer}: answer`)
      const isSame = mark()
      // A promise of zone.js, which is not the host's.
      await new Promise((resolve) => setTimeout(resolve, 1))
      Object.assign(globalThis, { cameBackToSameContext: isSame() })
      note(`${customer}: timer`)
      // Where `await` is native, zone.js does not know of this; so it says so itself, as such applications have to.
      this.#zone.run(() => {
        this.lines = [...this.lines, drink]
      })
    }

    countDown(): void {
      serve('Barbara')
      // Here, not by the template's pipe: that one subscribes when Angular checks the view, after the handler.
      timer(0, 2)
        .pipe(
          take(4),
          map((i) => {
            note('count down: tick')
            return 3 - i
          }),
          finalize(() => note('count down: over')),
        )
        .subscribe((left) => this.seconds.next(left))
    }

    /** Two pieces of work in one go, the callbacks of both wait in the one queue of zone.js. */
    both(): void {
      for (const customer of ['Edsger', 'Frances']) {
        apart(() => {
          serve(customer)
          Promise.resolve()
            .then(() => note(`${customer}: first`))
            .then(() => note(`${customer}: second`))
          queueMicrotask(() => note(`${customer}: microtask`))
        })
      }
    }

    outside(): void {
      serve('Katherine')
      this.#zone.runOutsideAngular(() => {
        setTimeout(() => {
          this.count = 100
          Promise.resolve().then(() => note('outside'))
        })
      })
    }

    replace(): void {
      this.drinks = ['coffee', 'cocoa']
    }
  },
)
