import { useState } from 'react'
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
import { Segmented } from './segmented'
import styles from './time-range-picker.module.css'

const zones = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'This machine' },
] as const

const sameRange = (a: TimeRange, b: TimeRange): boolean => a.from === b.from && a.to === b.to

interface Props {
  readonly value: TimeRange
  readonly zone: TimeZone
  readonly onZone: (zone: TimeZone) => void
  readonly nowMs: number
  readonly onChoose: (range: TimeRange) => void
}

/** Whole seconds of a window as one types them: `2026-11-12 14:20:00`. */
const typedOf = (ms: number, zone: TimeZone): string => formatDateTime(ms, zone).replace(/\.000$/, '')

/** The ways of saying a stretch of time: typed, relative, from and to. */
export function TimeRangeChoice({ value, zone, onZone, nowMs, onChoose }: Props) {
  const [typed, setTyped] = useState('')
  const present = windowOf(value, nowMs)
  const [ends, setEnds] = useState<{ readonly from: string; readonly to: string }>()
  // A relative range has a time of day with milliseconds by chance: nobody wants to edit those.
  const end = (point: TimeRange['from'], ms: number): string =>
    typedOf(typeof point === 'number' ? ms : Math.floor(ms / 1_000) * 1_000, zone)
  const from = ends?.from ?? end(value.from, present.startMs)
  const to = ends?.to ?? end(value.to, present.endMs)
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
