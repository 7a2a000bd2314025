import { isApple } from './platform'

const spelled: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: '↵',
  Mod: isApple ? '⌘' : 'Ctrl',
  Alt: isApple ? '⌥' : 'Alt',
  Shift: isApple ? '⇧' : 'Shift',
  ' ': 'Space',
}

/** How a key is written on a cap; letters stand in capitals, as on the key. */
export function capOf(key: string): string {
  return spelled[key] ?? (key.length === 1 ? key.toUpperCase() : key)
}

/** A key combination as key caps: `Mod+K`, `ArrowLeft`, `?`. */
export function Keys({ keys }: { readonly keys: string }) {
  // A plus that is itself the key stands last: `Mod++`.
  const parts = keys === '+' ? ['+'] : keys.split(/\+(?!$)/)
  return (
    <>
      {parts.map((part) => (
        <kbd key={part}>{capOf(part)}</kbd>
      ))}
    </>
  )
}
