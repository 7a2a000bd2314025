import type { Trace } from '#shared/trace/table'
import { traceExport, type TraceForm } from '../state/trace-export'
import { toApiError } from '../state/errors'
import { picturePalette } from '../state/picture-palette'
import { MenuButton } from '../ui/menu'
import { saveFile } from '../ui/save-file'
import { type PictureForm, savePicture } from '../ui/save-picture'
import { say } from '../ui/status-message'

interface Props {
  readonly session: string
  readonly trace: Trace
}

/** As many as a picture can show and be looked at. */
const mostInPicture = 200

/** Saves the trace for other tools, or a picture of it for a report. */
export function SaveTrace({ session, trace }: Props) {
  const name = `trace-${trace.traceId}`
  const save = async (form: TraceForm, give: (bytes: Uint8Array<ArrayBuffer>) => Promise<void> | void) => {
    try {
      const bytes = await traceExport(session, trace.traceId, form)
      if (bytes) await give(bytes)
    } catch (thrown) {
      say(`The trace could not be saved: ${toApiError(thrown).message}`, { tone: 'warn' })
    }
  }
  const saveJson = (form: 'otlp' | 'jaeger') => () =>
    void save(form, (bytes) =>
      saveFile(`${name}.${form}.json`, new Blob([bytes], { type: 'application/json' })),
    )
  const saveAs = (form: PictureForm) => () =>
    void save({ kind: 'waterfall', palette: picturePalette(), most: mostInPicture }, (bytes) =>
      savePicture(name, new TextDecoder().decode(bytes), form),
    )
  return (
    <MenuButton
      label="Save trace"
      icon="save"
      entries={[
        { id: 'otlp', label: 'As OTLP JSON', icon: 'file', run: saveJson('otlp') },
        { id: 'jaeger', label: 'As Jaeger JSON', icon: 'file', run: saveJson('jaeger') },
        { id: 'svg', label: 'Waterfall as SVG', icon: 'traces', run: saveAs('svg') },
        { id: 'png', label: 'Waterfall as PNG', icon: 'traces', run: saveAs('png') },
      ]}
    />
  )
}
