import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openProfile } from './profile.ts'
import { clampToDisplays, readWindowState, writeWindowState, type WindowState } from './window-state.ts'

/*
 *   left, 1920 × 1040          primary, 1920 × 1040
 *   -1920,0 ─────────── 0,0 ─────────────── 1920,0
 */
const primary = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -1920, y: 0, width: 1920, height: 1040 }

const at = (x: number | undefined, y: number | undefined, width = 1000, height = 700): WindowState => ({
  x,
  y,
  width,
  height,
  maximized: false,
})

test.each([
  ['where it was', at(100, 50), at(100, 50)],
  ['on the left display', at(-1800, 10), at(-1800, 10)],
  ['moved in from the right edge', at(1500, 50), at(920, 50)],
  ['moved in from the bottom', at(100, 900), at(100, 340)],
  ['pulled under the top edge', at(100, -40), at(100, 0)],
  ['on the display that has most of it', at(-300, 0), at(0, 0)],
  ['placed by the system when its display is gone', at(5000, 50), at(undefined, undefined)],
  ['no larger than the display', at(0, 0, 4000, 3000), at(0, 0, 1920, 1040)],
  ['no smaller than the page needs', at(0, 0, 10, 10), at(0, 0, 800, 500)],
  ['placed by the system the first time', at(undefined, undefined), at(undefined, undefined)],
])('a window is %s', (_what, saved, shown) => {
  expect(clampToDisplays(saved, [primary, left])).toEqual(shown)
})

test('the state comes back, and a damaged one is the usual one', async () => {
  const profile = await openProfile(await mkdtemp(join(tmpdir(), 'clew-window-')))
  const usual = await readWindowState(profile)
  expect(usual).toEqual(at(undefined, undefined, 1440, 900))
  const state = { ...at(1, 2), maximized: true }
  await writeWindowState(profile, state)
  expect(await readWindowState(profile)).toEqual(state)
  await writeFile(join(profile.folder, 'window.json'), '{"width":"wide"}')
  expect(await readWindowState(profile)).toEqual(usual)
})
