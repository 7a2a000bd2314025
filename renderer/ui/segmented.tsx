import { useRef } from 'react'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
}

/** A choice of one among two to five, all in view: a radio group, so arrow keys move and choose. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const group = useRef<HTMLDivElement>(null)
  const current = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  )
  const choose = (index: number) => {
    const wrapped = (index + options.length) % options.length
    onChange(options[wrapped].value)
    const button = group.current?.children[wrapped]
    if (button instanceof HTMLElement) button.focus()
  }
  return (
    <div ref={group} className="seg" role="radiogroup" aria-label={label}>
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={index === current ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
            if (step === undefined) return
            event.preventDefault()
            event.stopPropagation()
            choose(index + step)
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
