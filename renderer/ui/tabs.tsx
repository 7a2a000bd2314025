import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'

interface Item<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly count?: number | undefined
}

interface Props<Id extends string> {
  readonly label: string
  readonly items: readonly Item<Id>[]
  readonly selected: Id
  readonly onChange: (id: Id) => void
  /** The panel of the selected tab. */
  readonly children: ReactNode
  readonly className?: string | undefined
  readonly panelClassName?: string | undefined
}

/** Tabs above one panel. */
export function Tabs<Id extends string>({
  label,
  items,
  selected,
  onChange,
  children,
  className,
  panelClassName,
}: Props<Id>) {
  return (
    <AriaTabs
      className={className ?? ''}
      selectedKey={selected}
      onSelectionChange={(key) => {
        const chosen = items.find((item) => item.id === key)
        if (chosen) onChange(chosen.id)
      }}
    >
      <TabList aria-label={label} className="tabs">
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="">
            {item.label}
            {item.count !== undefined && <span className="t3 small"> {item.count}</span>}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={selected} className={panelClassName ?? ''}>
        {children}
      </TabPanel>
    </AriaTabs>
  )
}
