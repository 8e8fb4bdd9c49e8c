// Puts text on the clipboard. The front-end of DevTools withholds the modern API from the frames of extensions, where the old
// command still works.

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    copyByCommand(text)
  }
}

function copyByCommand(text: string): void {
  const focused = document.activeElement
  const carrier = document.createElement('textarea')
  carrier.value = text
  carrier.setAttribute('aria-hidden', 'true')
  document.body.append(carrier)
  carrier.select()
  document.execCommand('copy')
  carrier.remove()
  if (focused instanceof HTMLElement) focused.focus()
}
