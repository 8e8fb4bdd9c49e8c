// The page that DevTools loads for this extension. It makes the panel and tells it, as events on its window, when it is shown
// and hidden: only this page is told.

import browser from 'webextension-polyfill'

const panel = await browser.devtools.panels.create('Contextvars', '/icons/16.png', '/panel/index.html')

/** The window is gone from reach once it is hidden, so it is kept from when it was last shown. */
let shown: Window | null = null

panel.onShown.addListener((window) => {
  shown = window
  shown.dispatchEvent(new Event('contextvars:shown'))
})

panel.onHidden.addListener(() => {
  shown?.dispatchEvent(new Event('contextvars:hidden'))
})
