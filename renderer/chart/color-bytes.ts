/** Four bytes for each colour (red, green, blue, alpha), however the theme writes it. */
export function colorBytes(colors: readonly string[]): Uint8ClampedArray {
  const line = new OffscreenCanvas(colors.length, 1).getContext('2d', { willReadFrequently: true })
  if (!line) return new Uint8ClampedArray(colors.length * 4)
  colors.forEach((color, at) => {
    line.fillStyle = color
    line.fillRect(at, 0, 1, 1)
  })
  return line.getImageData(0, 0, colors.length, 1).data
}
