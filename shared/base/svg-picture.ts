import { svgText } from './svg-text'

/** A picture stands by itself, in a report; or, small, below its name, in a list: without words, and as wide as it is given room. */
export type PictureSize = 'whole' | 'small'

/** Of small pictures, px. */
export const smallSize = { width: 520, height: 40 } as const

export interface SvgPicture {
  readonly title: string
  readonly size?: PictureSize | undefined
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

/** A picture: its ground, its title on top, and what it shows; of a small one only that. */
export function svgPicture(picture: SvgPicture): string {
  const { title, size, mostTitle, width, height, fontSize = 12, palette, parts } = picture
  if (size === 'small')
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="none">`,
      ...parts,
      '</svg>',
    ].join('\n')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="${fontSize}">`,
    `<title>${svgText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.surface}"/>`,
    `<text x="8" y="${fontSize * 2}" fill="${palette.text}" font-weight="600" font-size="12">${svgText(title, mostTitle)}</text>`,
    ...parts,
    '</svg>',
  ].join('\n')
}
