import { formatBytes } from '#shared/derive/quantities'
import { hrefOfFiles } from '../state/files'
import { useGo } from '../state/location'
import { useNamesOfFiles } from '../state/names-of-files'
import { type Handing, useHanding, useHandOverNow } from '../state/opened-source'
import { ComingFiles } from '../sources/coming-files'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'

/** In the place of a page that asks files which are no source yet, or none any more: they are read again where they are still kept. */
export function ClosedFiles({ files }: { readonly files: readonly string[] }) {
  const go = useGo()
  const handing = useHanding(files)
  const names = useNamesOfFiles(files)
  const handOverNow = useHandOverNow(files)
  const isUnderWay = handing.kind === 'waiting' || handing.kind === 'reading'
  const hasNone = handing.kind === 'gone' || handing.kind === 'nothing'
  const { title, text } = wordsOf(handing, names)
  return (
    <>
      <h1 className="sr">Opened files</h1>
      {isUnderWay && <ComingFiles files={files} />}
      {handing.kind === 'failed' && <ErrorNote error={handing.error} />}
      <EmptyState
        title={title}
        action={
          isUnderWay ? undefined : hasNone ? (
            <Button look="primary" icon="file" onClick={() => go(hrefOfFiles([]))}>
              Open files
            </Button>
          ) : (
            <Button look="primary" onClick={handOverNow}>
              {handing.kind === 'large' ? 'Read them' : 'Read them again'}
            </Button>
          )
        }
      >
        {text}
      </EmptyState>
    </>
  )
}

/** What has become of the files, and what is to be done about it. */
function wordsOf(handing: Handing, names: string): { readonly title: string; readonly text: string } {
  const called = names === '' ? 'These files' : names
  switch (handing.kind) {
    case 'waiting':
    case 'reading':
      return {
        title: `Being read: ${called}`,
        text: 'What was asked of them is shown as soon as they are read.',
      }
    case 'large':
      return {
        title: `Not read for queries yet: ${called}`,
        text: `They have ${formatBytes(handing.totalBytes)}, and take as much memory once more.`,
      }
    case 'nothing':
      return { title: `Nothing in them can be asked for: ${called}`, text: '' }
    case 'stopped':
      return { title: `Not read to the end: ${called}`, text: 'Reading was stopped.' }
    default:
      return {
        title: names === '' ? 'These files are not open any more.' : `Not open any more: ${names}`,
        text:
          handing.kind === 'gone'
            ? `Clew does not have them any more: open ${names === '' ? 'them' : names} again.`
            : 'They were closed, others took their place, or Clew was started again.',
      }
  }
}
