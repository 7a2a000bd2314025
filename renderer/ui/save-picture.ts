import { saveFile } from './save-file'

export type PictureForm = 'svg' | 'png'

/** Dots of a screen to one of the picture: sharp on paper too. */
const scale = 2

async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = new OffscreenCanvas(image.naturalWidth * scale, image.naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/png' })
}

/** Gives the reader a picture as a file; `name` without its ending. */
export async function savePicture(name: string, svg: string, form: PictureForm): Promise<void> {
  saveFile(`${name}.${form}`, form === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg))
}
