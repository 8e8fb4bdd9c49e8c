// Libraries that nobody here wrote, and what people do with them.

import type { Job } from './caller'
import { axios } from './jobs/axios'
import { bluebird } from './jobs/bluebird'
import { dexie } from './jobs/dexie'
import { pQueue } from './jobs/p-queue'
import { react } from './jobs/react'
import { rxjs } from './jobs/rxjs'
import { tanstackQuery } from './jobs/tanstack-query'

export const libraries: Record<string, Record<string, Job>> = {
  dexie,
  'p-queue': pQueue,
  rxjs,
  axios,
  'tanstack query': tanstackQuery,
  react,
  bluebird,
}
