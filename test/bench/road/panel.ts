// Runs in the panel's own document: reads a page as the panel does, from the question to the world, and beside it as other extensions
// do, with a message through a port for each fact.

import { inspectedWindowPage } from '../../../panel/host/inspected-window'
import { Timeline } from '../../../panel/model/timeline'
import { inspectedPage } from '../../../panel/source/inspected-page'

/** Milliseconds until `facts` are in a world. */
function read(facts: number): Promise<number> {
  const timeline = new Timeline()
  const began = performance.now()
  return new Promise((resolve) => {
    const stop = inspectedPage(inspectedWindowPage).start({
      link() {},
      epoch() {},
      where() {},
      held() {},
      pace() {},
      batch(batch) {
        timeline.append(batch.facts, batch.stacks)
        if (timeline.head.seq < facts) return
        stop()
        resolve(performance.now() - began)
      },
    })
  })
}

declare const chrome: {
  devtools: { inspectedWindow: { tabId: number } }
  tabs: {
    connect(
      tab: number,
      info: { name: string },
    ): { onMessage: { addListener(heard: (message: unknown) => void): void }; postMessage(message: unknown): void }
  }
}

/** Milliseconds until as many messages have come from a content script, one for each fact. */
function receive(facts: number): Promise<number> {
  const port = chrome.tabs.connect(chrome.devtools.inspectedWindow.tabId, { name: 'bench' })
  const began = performance.now()
  let count = 0
  return new Promise((resolve) => {
    port.onMessage.addListener(() => {
      if (++count === facts) resolve(performance.now() - began)
    })
    port.postMessage(facts)
  })
}

Object.assign(globalThis, { road: { read, receive } })
