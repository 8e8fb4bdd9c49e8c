// Follows the theme of DevTools while it changes, and writes it on the root element for the style sheet.

import browser from 'webextension-polyfill'

/** Chrome's, newer than the polyfill's types. */
interface ThemeTeller {
  setThemeChangeHandler?(handler: (themeName: string) => void): void
}

export function followDevtoolsTheme(root: HTMLElement): void {
  const { panels } = browser.devtools
  const wear = (themeName: string) => {
    root.dataset.theme = themeName === 'dark' ? 'dark' : 'light'
  }
  wear(panels.themeName)
  const teller: ThemeTeller = panels as ThemeTeller
  if (teller.setThemeChangeHandler) teller.setThemeChangeHandler(wear)
  else panels.onThemeChanged?.addListener(wear)
}
