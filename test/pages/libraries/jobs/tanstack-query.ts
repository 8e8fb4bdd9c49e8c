// tanstack query: a cache in front of requests. One request may serve several callers, and then its function runs for the one
// who came first; observers are told by whoever changed the query.

import { focusManager, InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core'
import type { Job } from '../caller'
import { moment } from './moment'

const shared = new QueryClient()

export const tanstackQuery: Record<string, Job> = {
  'fetchQuery with retries': async (caller) => {
    const client = new QueryClient()
    let attempts = 0
    const fetched = client.fetchQuery({
      queryKey: ['answer'],
      queryFn: async ({ signal }) => {
        caller.see(`attempt ${++attempts}`)
        const response = await fetch(`/api/answer?who=${caller.name}&status=${attempts < 3 ? 503 : 200}`, { signal })
        caller.see('response')
        if (!response.ok) throw new Error(`${response.status}`)
        return response.json()
      },
      retry: (count) => {
        caller.see('retry?')
        return count < 5
      },
      retryDelay: () => {
        caller.see('retry when?')
        return 1
      },
    })
    const data = await caller.resume('data', fetched)
    client.clear()
    return { data, attempts }
  },

  'one request for three callers': async (caller) => {
    const fetched = shared.fetchQuery({
      queryKey: ['shared'],
      queryFn: async () => {
        // It runs once, for Ada, who came first; the others' functions are not called at all.
        caller.see('query function')
        await moment(5)
        caller.see('query function, later')
        return 'for all'
      },
      staleTime: Number.POSITIVE_INFINITY,
    })
    return caller.resume('data', fetched)
  },

  'observers, invalidation and refetching': async (caller) => {
    const client = new QueryClient()
    client.mount()
    let version = 0
    const observer = new QueryObserver(client, {
      queryKey: ['watched'],
      queryFn: async () => {
        caller.see('query function')
        await moment(1)
        return ++version
      },
      select: (value: number) => {
        caller.see('select')
        return `version ${value}`
      },
    })
    const told: string[] = []
    const end = observer.subscribe(({ data, fetchStatus }) => {
      caller.see('told')
      told.push(`${data}, ${fetchStatus}`)
    })
    const first = await observer.refetch()
    caller.see('refetched')
    await client.invalidateQueries({ queryKey: ['watched'] })
    caller.see('invalidated')
    client.setQueryData(['watched'], 10)
    caller.see('set')
    await moment(5)
    end()
    client.unmount()
    return { first: first.data, last: client.getQueryData(['watched']), told }
  },

  'mutations and their callbacks': async (caller) => {
    const client = new QueryClient()
    client.setQueryData(['list'], ['one'])
    const order: string[] = []
    const step = (name: string) => {
      caller.see(name)
      order.push(name)
    }
    const mutation = new MutationObserver<string, Error, string, string[]>(client, {
      mutationFn: async (item) => {
        step('mutate')
        await moment(1)
        step('mutate, later')
        if (item === 'bad') throw new Error('refused')
        return item.toUpperCase()
      },
      async onMutate(item) {
        step('onMutate')
        await client.cancelQueries({ queryKey: ['list'] })
        step('onMutate, later')
        const before = client.getQueryData<string[]>(['list']) ?? []
        client.setQueryData(['list'], [...before, item])
        return before
      },
      onSuccess: () => step('onSuccess'),
      onError(_error, _item, before) {
        step('onError')
        client.setQueryData(['list'], before)
      },
      onSettled: () => step('onSettled'),
    })
    const end = mutation.subscribe(({ status }) => caller.see(`told ${status}`))
    const good = await mutation.mutate('two', { onSuccess: () => step('onSuccess of this call') })
    caller.see('mutated')
    const bad = await mutation.mutate('bad').catch((error: Error) => {
      caller.see('caught')
      return error.message
    })
    await moment(2)
    end()
    return { good, bad, order, list: client.getQueryData(['list']) }
  },

  'pages of an infinite query, and a cancelled one': async (caller) => {
    const client = new QueryClient()
    const observer = new InfiniteQueryObserver(client, {
      queryKey: ['pages'],
      initialPageParam: 0,
      queryFn: async ({ pageParam }) => {
        caller.see(`page ${pageParam}`)
        await moment(1)
        caller.see(`page ${pageParam}, later`)
        return pageParam
      },
      getNextPageParam: (last: number) => {
        caller.see('next page?')
        return last + 1
      },
    })
    const end = observer.subscribe(() => {})
    for (let i = 0; i < 3; i++) {
      await observer.fetchNextPage()
      caller.see(`fetched ${i}`)
    }
    end()
    const slow = client.fetchQuery({
      queryKey: ['slow'],
      queryFn: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            caller.see('abort heard')
            reject(signal.reason)
          })
        }),
    })
    const outcome = slow.catch((error: Error) => {
      caller.see('cancelled')
      return error.constructor.name.length > 0
    })
    await client.cancelQueries({ queryKey: ['slow'] })
    return {
      pages: observer.getCurrentResult().data?.pages,
      cancelled: await outcome,
      focused: focusManager.isFocused(),
    }
  },

  "an observer of another's query is told in that one's context": async (caller) => {
    const isFirst = caller.name === 'Ada'
    const observer = new QueryObserver<string>(shared, { queryKey: ['news'], enabled: false })
    let end = () => {}
    const told = new Promise<string>((resolve) => {
      end = observer.subscribe(({ data }) => {
        // The cache tells all its observers in one go, from where the data came: Ada's doing.
        caller.see('told', 'Ada')
        if (data !== undefined) resolve(data)
      })
    })
    if (isFirst) {
      await moment(2)
      shared.setQueryData(['news'], 'from Ada')
    }
    const news = await told
    caller.see('news')
    end()
    return news
  },
}
