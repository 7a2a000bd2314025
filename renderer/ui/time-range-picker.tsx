import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { type TimeZone, zoneLabel } from '#shared/derive/clock-times'
import { describeRange, describeWindow, roundedWindow, type TimeRange } from '#shared/derive/time-range'
import { Icon } from './icon'
import { useKeys } from './keys'
import { TimeRangeChoice } from './time-range-choice'
import styles from './time-range-picker.module.css'

interface Props {
  readonly value: TimeRange
  readonly onChange: (range: TimeRange) => void
  readonly zone: TimeZone
  readonly onZone: (zone: TimeZone) => void
  /** The window that was last asked for; shown beside a relative range, which has moved on since. */
  readonly asked?: { readonly startMs: number; readonly endMs: number } | undefined
}

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
    asked && isRelative && describeWindow(roundedWindow(asked), zone, nowMs),
    describeRange(value, zone, nowMs),
  ].filter(Boolean)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={toggle}>
      <AriaButton className={`btn lg ${styles.button}`}>
        <Icon name="clock" size="s" />
        <span className="sr">Time range</span>
        <span>{label.join(' · ')}</span>
        <span className="t3 small">{zoneLabel(asked?.startMs ?? nowMs, zone)}</span>
        <Icon name="down" size="x" />
      </AriaButton>
      <Popover
        className={styles.popover}
        placement="bottom end"
        offset={4}
        // Inside a landmark, where screen readers look for what belongs to the page.
        UNSTABLE_portalContainer={document.querySelector('main') ?? document.body}
      >
        <Dialog aria-label="Time range" className={styles.dialog}>
          <TimeRangeChoice
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
