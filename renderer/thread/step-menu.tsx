import { childrenOf, mark, nameOf, type Step } from '#shared/thread/thread'
import { changeThread, useThread } from '../state/thread'
import { useOpenStep } from '../state/thread-step'
import { ContextMenu } from '../ui/context-menu'
import type { MenuEntry } from '../ui/menu'
import { takeOut } from './take-out'

interface Props {
  readonly step: Step
  readonly at: { readonly x: number; readonly y: number }
  readonly onEdit: () => void
  readonly onClose: () => void
}

/** What can be done with a step, and the ways that were gone on from it. */
export function StepMenu({ step, at, onEdit, onClose }: Props) {
  const thread = useThread()
  const open = useOpenStep()
  const ways = childrenOf(thread, step.id)
  const entries: readonly MenuEntry[] = [
    { id: 'open', label: 'Open', run: () => open(step) },
    { id: 'edit', label: 'Name or note…', icon: 'note', run: onEdit },
    {
      id: 'pin',
      label: step.isPinned ? 'Unpin' : 'Pin',
      icon: 'pin',
      run: () => changeThread((now) => mark(now, step.id, { isPinned: !step.isPinned })),
    },
    { id: 'remove', label: 'Remove', icon: 'close', run: () => takeOut(step) },
    ...(ways.length < 2
      ? []
      : ways.map((way): MenuEntry => ({
          id: way.id,
          label: `On to ${nameOf(way)}`,
          icon: 'branch',
          note: way.count,
          run: () => open(way),
        }))),
  ]
  return <ContextMenu label={`Step ${nameOf(step)}`} at={at} entries={entries} onClose={onClose} />
}
