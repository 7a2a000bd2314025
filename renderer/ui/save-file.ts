/** Gives the reader a file, as a download; where it goes is the browser's or the window's own question. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the content once it has begun; that takes a moment.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
