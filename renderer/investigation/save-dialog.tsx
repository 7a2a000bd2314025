import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { SaveContents } from './save-contents'
import { type AsksOf, useSave } from './use-save'

interface Props {
  readonly onClose: () => void
  readonly asksOf: AsksOf
}

/** Saves the investigation from wherever one is; its own page has the same beside the steps. */
export function SaveDialog({ onClose, asksOf }: Props) {
  const save = useSave(asksOf, true)
  const write = async (): Promise<void> => {
    if (await save.write()) onClose()
  }
  return (
    <Dialog
      title="Save investigation"
      onClose={onClose}
      widthPx={560}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            icon="save"
            isDisabled={!save.gathered || save.isWriting}
            onClick={() => void write()}
          >
            Save as file
          </Button>
        </>
      }
    >
      <SaveContents save={save} />
    </Dialog>
  )
}
