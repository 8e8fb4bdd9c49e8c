// Hands a file to the person, by the browser's ordinary way of saving.

export function saveFile(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // How long a browser reads is its own affair; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
