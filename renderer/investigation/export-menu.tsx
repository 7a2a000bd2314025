import { toApiError } from '../state/errors'
import { usePreferences } from '../state/preferences'
import { fileNameOf } from '../state/saving'
import { useSources } from '../state/sources'
import { storyText, storyZip } from '../state/story'
import { useThread } from '../state/thread'
import { copy } from '../ui/copy'
import { MenuButton } from '../ui/menu'
import { saveFile } from '../ui/save-file'
import { say } from '../ui/status-message'

/** The story for those who have no Clew: as Markdown, alone or with its pictures. */
export function ExportMenu() {
  const thread = useThread()
  const { timeZone: zone } = usePreferences()
  const sources = useSources().data ?? []
  const save = async (): Promise<void> => {
    say('Drawing the pictures…')
    try {
      const zip = await storyZip(thread, sources, zone, new AbortController().signal)
      const name = fileNameOf(thread, Date.now()).replace(/\.clew$/, '.zip')
      saveFile(name, zip)
      say(`Saved the story as ${name}.`)
    } catch (thrown) {
      say(`The story could not be saved: ${toApiError(thrown).message}`, { tone: 'warn' })
    }
  }
  return (
    <MenuButton
      label="Export"
      size="lg"
      entries={[
        {
          id: 'copy',
          label: 'Copy as Markdown',
          icon: 'copy',
          run: () => void copy('story', storyText(thread, zone)),
        },
        { id: 'zip', label: 'Markdown with pictures', icon: 'file', run: () => void save() },
      ]}
    >
      Export
    </MenuButton>
  )
}
