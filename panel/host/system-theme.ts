// Follows the system's preference, where no DevTools decides on a theme.

export function followSystemTheme(root: HTMLElement): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const wear = () => {
    root.dataset.theme = dark.matches ? 'dark' : 'light'
  }
  wear()
  dark.addEventListener('change', wear)
}
