import type { MenuEntry } from '../ui/menu'

/** The entry of a row's menu that folds what is below it, or unfolds it. */
export function foldEntry(isFolded: boolean, onFold: (folded: boolean) => void): MenuEntry {
  return {
    id: 'fold',
    label: isFolded ? 'Unfold' : 'Fold',
    icon: isFolded ? 'down' : 'right',
    keys: isFolded ? 'ArrowRight' : 'ArrowLeft',
    run: () => onFold(!isFolded),
  }
}
