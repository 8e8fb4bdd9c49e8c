// Starts the application, and counts when it becomes stable.

import '@angular/compiler'
import { provideHttpClient } from '@angular/common/http'
import { ApplicationRef, NgZone, provideZoneChangeDetection } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { OrderDesk } from './order-desk'

bootstrapApplication(OrderDesk, { providers: [provideZoneChangeDetection(), provideHttpClient()] }).then(
  ({ injector }) => {
    const zone = injector.get(NgZone)
    const counts = { stable: 0, unstable: 0, isStable: false }
    zone.onStable.subscribe(() => counts.stable++)
    zone.onUnstable.subscribe(() => counts.unstable++)
    injector.get(ApplicationRef).isStable.subscribe((isStable) => {
      counts.isStable = isStable
    })
    Object.assign(globalThis, { counts })
  },
)
