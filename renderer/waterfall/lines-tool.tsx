import { countOf } from '#shared/derive/quantities'
import { type LineChoice, lineChoices, type LinesOfTrace } from '../state/trace-lines'
import { Button } from '../ui/button'
import { MenuButton } from '../ui/menu'

const words: Readonly<Record<LineChoice, string>> = {
  none: 'No log lines',
  error: 'Errors only',
  warn: 'Warnings and errors',
  all: 'All log lines',
}

/** How many log lines a trace has, and which of them stand among its spans; or why that is not known. */
export function LinesTool({ lines }: { readonly lines: LinesOfTrace }) {
  const { found, isAsking, problem, choice, choose, placed } = lines
  if (!found && problem !== undefined) {
    const why = `Log lines could not be looked for: ${problem}`
    return (
      <Button icon="logs" label={why} title={why} isDisabled>
        ?
      </Button>
    )
  }
  if (!found && !isAsking) return undefined
  const count = found?.batch.length ?? 0
  const all = found
    ? `${countOf(count, 'log line')}${found.hasMore ? ' and more' : ''}`
    : 'Looking for log lines'
  return (
    <MenuButton
      label={all}
      icon="logs"
      entries={lineChoices.map((one) => ({
        id: one,
        label: words[one],
        icon: one === choice ? ('check' as const) : undefined,
        run: () => choose(one),
      }))}
    >
      {found ? (choice === 'none' ? count : `${placed?.length ?? 0} of ${count}`) : '…'}
      <span className="sr"> log lines</span>
    </MenuButton>
  )
}
