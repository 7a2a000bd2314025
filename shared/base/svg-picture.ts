import { svgText } from './svg-text'

export interface SvgPicture {
  readonly title: string
  /** Letters of the title; what is longer is cut. */
  readonly mostTitle?: number
  readonly width: number
  readonly height: number
  /** Of all but the title, px. */
  readonly fontSize?: number
  readonly palette: { readonly surface: string; readonly text: string }
  /** What it shows, one element or several each. */
  readonly parts: readonly string[]
}

/** A picture that stands by itself: its ground, its title on top, and what it shows. */
export function svgPicture(picture: SvgPicture): string {
  const { title, mostTitle, width, height, fontSize = 12, palette, parts } = picture
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="${fontSize}">`,
    `<title>${svgText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.surface}"/>`,
    `<text x="8" y="${fontSize * 2}" fill="${palette.text}" font-weight="600" font-size="12">${svgText(title, mostTitle)}</text>`,
    ...parts,
    '</svg>',
  ].join('\n')
}
