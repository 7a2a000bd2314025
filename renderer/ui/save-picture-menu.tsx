import { MenuButton } from './menu'
import { type PictureForm, savePicture } from './save-picture'

interface Props {
  readonly label: string
  /** Of the file, without its ending. */
  readonly name: string
  /** Makes the SVG, once it is asked for. */
  readonly picture: () => string
}

/** Saves what is drawn as a picture of either form. */
export function SavePicture({ label, name, picture }: Props) {
  const save = (form: PictureForm) => () => void savePicture(name, picture(), form)
  return (
    <MenuButton
      label={label}
      look="ghost"
      icon="save"
      entries={[
        { id: 'svg', label: 'As SVG', icon: 'metrics', run: save('svg') },
        { id: 'png', label: 'As PNG', icon: 'metrics', run: save('png') },
      ]}
    />
  )
}
