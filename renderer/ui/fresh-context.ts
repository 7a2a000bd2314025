/**
 * What to draw with on a canvas that is `widthPx` wide on the page, and in its own pixels as wide as the screen is fine: emptied, and
 * scaled so that everything drawn is in CSS pixels.
 */
export function freshContext(
  canvas: HTMLCanvasElement,
  widthPx: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d')
  if (!context) return undefined
  const ratio = canvas.width / Math.max(widthPx, 1)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}
