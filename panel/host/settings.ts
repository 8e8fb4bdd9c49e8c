// The few sizes and switches that a person wants to find again as they left them. A browser that keeps nothing (storage is
// blocked, or full) only forgets.

const PREFIX = 'contextvars.1.'

export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Kept for this sitting only.
  }
}

/** Tells when another panel of this browser wrote it. */
export function watchSetting(name: string, changed: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === PREFIX + name) changed()
  })
}

/** One setting, in the hands of somebody who need not know where it is kept. */
export const shelf = (name: string) => ({
  read: () => readSetting(name),
  write: (text: string) => writeSetting(name, text),
  watch: (changed: () => void) => watchSetting(name, changed),
})
