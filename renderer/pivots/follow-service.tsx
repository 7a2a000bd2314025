import { useState } from 'react'
import { MenuButton } from '../ui/menu'
import { type FollowedService, useServicePivots } from './use-service-pivots'

/** Where a service leads, as a menu beside its name; or where a part of it does. */
export function FollowService(followed: FollowedService) {
  // A page may name a hundred services: nothing is asked until one is about to be followed.
  const [isNear, setNear] = useState(false)
  const pivots = useServicePivots(followed, isNear)
  return (
    <span onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      <MenuButton
        label={`Follow ${followed.part?.name ?? followed.service}`}
        icon="branch"
        look="ghost"
        entries={pivots.map(({ id, title, icon, why, query, keys, run }) => ({
          id,
          label: title,
          icon,
          note: why,
          tip: query,
          keys,
          run,
        }))}
      />
    </span>
  )
}
