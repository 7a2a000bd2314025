import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { formatDateTime, type TimeZone, zoneLabel } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import {
  describeRange,
  describeWindow,
  relativePresets,
  type TimeRange,
  windowOf,
} from '#shared/derive/time-range'
import { parseTimeRange } from '#shared/derive/typed-time'
import { Button } from './button'
import { Field } from './field'
import { Icon } from './icon'
import { useKeys } from './keys'
import { Segmented } from './segmented'
import styles from './time-range-picker.module.css'

interface Props {
  readonly value: TimeRange
  readonly onChange: (range: TimeRange) => void
  readonly zone: TimeZone
  readonly onZone: (zone: TimeZone) => void
  /** The window that was last asked for; shown beside a relative range, which has moved on since. */
  readonly asked?: { readonly startMs: number; readonly endMs: number } | undefined
}

const zones = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'This machine' },
] as const

const sameRange = (a: TimeRange, b: TimeRange): boolean => a.from === b.from && a.to === b.to

/** The stretch of time that is looked at: relative, absolute, or typed as one likes. `T` opens it. */
export function TimeRangePicker({ value, onChange, zone, onZone, asked }: Props) {
  const [isOpen, setOpen] = useState(false)
  // The clock is read when something is drawn anew; a label need not tick.
  const [nowMs, setNow] = useState(() => Date.now())
  const toggle = (open: boolean) => {
    setNow(Date.now())
    setOpen(open)
  }
  useKeys({
    scope: 'Anywhere',
    bindings: [{ keys: 'T', title: 'Time range', run: () => toggle(true) }],
  })
  const isRelative = typeof value.from === 'string' || typeof value.to === 'string'
  const label = [
    asked && isRelative && describeWindow(asked, zone, nowMs),
    describeRange(value, zone, nowMs),
  ].filter(Boolean)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={toggle}>
      <AriaButton className={`btn lg ${styles.button}`} aria-label={`Time range: ${label.join(', ')}`}>
        <Icon name="clock" size="s" />
        <span>{label.join(' · ')}</span>
        <span className="t3 small">{zoneLabel(asked?.startMs ?? nowMs, zone)}</span>
        <Icon name="down" size="x" />
      </AriaButton>
      <Popover className={styles.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Time range" className={styles.dialog}>
          <Choosing
            value={value}
            zone={zone}
            onZone={onZone}
            nowMs={nowMs}
            onChoose={(range) => {
              toggle(false)
              onChange(range)
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface ChoosingProps extends Pick<Props, 'value' | 'zone' | 'onZone'> {
  readonly nowMs: number
  readonly onChoose: (range: TimeRange) => void
}

/** Whole seconds of a window as one types them: `2026-11-12 14:20:00`. */
const typedOf = (ms: number, zone: TimeZone): string => formatDateTime(ms, zone).replace(/\.000$/, '')

function Choosing({ value, zone, onZone, nowMs, onChoose }: ChoosingProps) {
  const [typed, setTyped] = useState('')
  const present = windowOf(value, nowMs)
  const [ends, setEnds] = useState<{ readonly from: string; readonly to: string }>()
  const from = ends?.from ?? typedOf(present.startMs, zone)
  const to = ends?.to ?? typedOf(present.endMs, zone)
  const parsed = typed.trim() === '' ? undefined : parseTimeRange(typed, zone, nowMs)
  const between = parseTimeRange(`${from} – ${to}`, zone, nowMs)
  const meant = parsed?.ok ? windowOf(parsed.range, nowMs) : undefined
  return (
    <>
      <form
        className={styles.typed}
        onSubmit={(event) => {
          event.preventDefault()
          if (parsed?.ok) onChoose(parsed.range)
        }}
      >
        <Field
          label="Type or paste a time"
          // The person opened this to choose a time: typing may begin at once.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          size="lg"
          value={typed}
          onChange={setTyped}
          placeholder="last 15m, 14:20 – 14:40, a timestamp"
          error={parsed && !parsed.ok ? parsed.sentence : undefined}
          hint={
            meant
              ? `${describeWindow(meant, zone, nowMs)} ${zoneLabel(meant.startMs, zone)}, ${formatDuration((meant.endMs - meant.startMs) * 1e6)}. Enter chooses it.`
              : undefined
          }
        />
      </form>
      <div className={styles.body}>
        <section aria-label="Relative" className={styles.presets}>
          {relativePresets.map((preset) => (
            <Button
              key={preset.from}
              look="ghost"
              pressed={sameRange(preset, value)}
              className={styles.preset}
              onClick={() => onChoose(preset)}
            >
              {describeRange(preset, zone, nowMs)}
            </Button>
          ))}
        </section>
        <form
          aria-label="Absolute"
          className={styles.absolute}
          onSubmit={(event) => {
            event.preventDefault()
            if (between.ok) onChoose(between.range)
          }}
        >
          <Field label="From" mono value={from} onChange={(from) => setEnds({ from, to })} />
          <Field
            label="To"
            mono
            value={to}
            onChange={(to) => setEnds({ from, to })}
            error={between.ok ? undefined : between.sentence}
          />
          <Segmented
            label="Time zone"
            value={zone}
            options={zones}
            onChange={(next) => {
              setEnds(undefined)
              onZone(next)
            }}
          />
          <Button type="submit" isDisabled={!between.ok}>
            Use these times
          </Button>
        </form>
      </div>
    </>
  )
}
