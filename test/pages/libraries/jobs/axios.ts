// axios: requests by XMLHttpRequest and by fetch, through chains of interceptors.

import client from 'axios'
import type { Caller, Job } from '../caller'

type Adapter = 'xhr' | 'fetch'
const adapters: Adapter[] = ['xhr', 'fetch']

function instance(caller: Caller, adapter: Adapter) {
  const api = client.create({ adapter, baseURL: '/api' })
  api.interceptors.request.use(async (config) => {
    caller.see(`${config.url}: request, outer`)
    await null
    caller.see(`${config.url}: request, outer, later`)
    config.headers.set('x-caller', caller.name)
    return config
  })
  api.interceptors.request.use((config) => {
    caller.see(`${config.url}: request, inner`)
    return config
  })
  api.interceptors.response.use(
    async (response) => {
      caller.see(`${response.config.url}: response`)
      await Promise.resolve()
      caller.see(`${response.config.url}: response, later`)
      return response
    },
    (error) => {
      caller.see(`${error.config.url}: error`)
      throw error
    },
  )
  return api
}

const jobsOf = (adapter: Adapter): Record<string, Job> => ({
  [`parallel requests through interceptors, by ${adapter}`]: async (caller) => {
    const api = instance(caller, adapter)
    const answers = await Promise.all(
      [3, 1, 2].map(async (id) => {
        const url = `/answer?id=${id}&ms=${id}`
        const request = api.get(url, {
          transformResponse: (text: string) => {
            caller.see(`${url}: transform`)
            return { ...JSON.parse(text), transformed: true }
          },
          validateStatus: (status) => {
            caller.see(`${url}: status`)
            return status === 200
          },
        })
        const { data } = await caller.resume(`${url}: answer`, request)
        return data
      }),
    )
    caller.see('all answered')
    return answers
  },

  [`failures, timeouts and aborts, by ${adapter}`]: async (caller) => {
    const api = instance(caller, adapter)
    const outcomes: string[] = []
    const fails = async (what: string, request: Promise<unknown>) => {
      try {
        await request
      } catch (error) {
        caller.see(what)
        outcomes.push(`${what}: ${client.isAxiosError(error) || client.isCancel(error) ? error.code : error}`)
      }
    }
    await fails('failure', api.get('/answer?status=500'))
    await fails('timeout', api.get('/answer?ms=5000', { timeout: 10 }))
    const controller = new AbortController()
    controller.signal.addEventListener('abort', () => caller.see('abort: heard'))
    const aborted = fails('abort', api.get('/answer?ms=5000', { signal: controller.signal }))
    setTimeout(() => controller.abort(), 5)
    await aborted
    caller.see('over')
    return outcomes
  },

  [`progress, by ${adapter}`]: async (caller) => {
    const api = client.create({ adapter, baseURL: '/api' })
    let loaded = 0
    const { data } = await api.get('/lines?count=4&ms=2', {
      responseType: 'text',
      onDownloadProgress: (progress) => {
        // How many of them come is the network's business; the last one tells of everything.
        if (progress.loaded === TOTAL && loaded < TOTAL) caller.see('download')
        loaded = progress.loaded
      },
    })
    caller.see('downloaded')
    // By fetch it would be a streamed body, which needs HTTP/2.
    if (adapter === 'fetch') return { data, loaded }
    let sent = 0
    await api.post('/answer', 'x'.repeat(1000), {
      onUploadProgress: (progress) => {
        if (progress.loaded === 1000 && sent < 1000) caller.see('upload')
        sent = progress.loaded
      },
    })
    caller.see('uploaded')
    return { data, loaded, sent }
  },
})

/** Four lines of `{"part":1}`. */
const TOTAL = 44

export const axios: Record<string, Job> = Object.assign({}, ...adapters.map(jobsOf))
