// The page that DevTools loads for this extension. It makes the panel, and the pane in Sources, and tells each, as events on its window,
// when it is shown and hidden: only this page is told.

import browser from 'webextension-polyfill'

interface Shown {
  onShown: { addListener(listener: (window: Window) => void): void }
  onHidden: { addListener(listener: () => void): void }
}

/** Tells a document whenever DevTools shows or hides it. */
function tell({ onShown, onHidden }: Shown): void {
  /** The window is gone from reach once it is hidden, so it is kept from when it was last shown. */
  let shown: Window | null = null
  onShown.addListener((window) => {
    shown = window
    shown.dispatchEvent(new Event('contextvars:shown'))
  })
  onHidden.addListener(() => {
    shown?.dispatchEvent(new Event('contextvars:hidden'))
  })
}

tell(await browser.devtools.panels.create('Contextvars', '/icons/16.png', '/panel/index.html'))

/** Chrome's alone: elsewhere there is no Sources tab that would take a pane. */
interface Pane extends Shown {
  setHeight(height: string): void
  setPage(path: string): void
}
declare const chrome: {
  devtools: { panels: { sources?: { createSidebarPane?(title: string, done: (pane: Pane) => void): void } } }
}

chrome.devtools.panels.sources?.createSidebarPane?.('Context', (pane) => {
  tell(pane)
  // What a context with some values takes; DevTools gives 150 pixels to whoever says nothing.
  pane.setHeight('260px')
  pane.setPage('/panel/pane.html')
})
