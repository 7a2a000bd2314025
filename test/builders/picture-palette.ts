import type { PicturePalette } from '#shared/derive/waterfall-svg'

/** Colours of pictures that are told apart in a test. */
export const palette: PicturePalette = {
  surface: '#fff',
  text: '#111',
  muted: '#555',
  line: '#eee',
  error: '#b00',
  services: { shop: '#00f', checkout: '#00f' },
  others: ['#0a0', '#a0a'],
}
