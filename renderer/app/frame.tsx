import { Outlet } from '@tanstack/react-router'

/** Rail, top bar, page, status line. */
export function Frame() {
  return <Outlet />
}
