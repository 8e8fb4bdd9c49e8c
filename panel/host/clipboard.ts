// Puts text on the clipboard. The front-end of DevTools withholds the modern API from the frames of extensions, where the old
// command still works.

import type { Frame } from '../../runtime/protocol'

/** Answers whether the browser let it happen. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByCommand(text)
  }
}

/** Takes a line of code along, where nothing can show it. */
export async function copyPosition({ url, line, column }: Frame): Promise<'copied'> {
  await copyText(`${url}:${line}:${column}`)
  return 'copied'
}

function copyByCommand(text: string): boolean {
  const focused = document.activeElement
  const carrier = document.createElement('textarea')
  carrier.value = text
  carrier.setAttribute('aria-hidden', 'true')
  document.body.append(carrier)
  carrier.select()
  const copied = document.execCommand('copy')
  carrier.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
