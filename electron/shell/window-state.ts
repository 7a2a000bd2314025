import type { Rectangle } from 'electron'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'

const fileName = 'window.json'

/** Where the window was when it was last closed, in device-independent pixels. */
export interface WindowState {
  /** Undefined in a new profile: the system chooses the place. */
  readonly x: number | undefined
  readonly y: number | undefined
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

/** The smallest window the page is drawn for. */
export const smallestWindow = { width: 800, height: 500 } as const

const usualState: WindowState = { x: undefined, y: undefined, width: 1440, height: 900, maximized: false }

const written = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})

/** The window's last state, or the usual one. */
export async function readWindowState(profile: Profile): Promise<WindowState> {
  const state = await readJsonFile(profile, fileName, (value) => written.parse(value))
  return state ? { ...usualState, ...state } : usualState
}

/** Keeps the window's state for the next start. */
export function writeWindowState(profile: Profile, state: WindowState): Promise<void> {
  return writeJsonFile(profile, fileName, state)
}

/**
 * The state moved and shrunk so that the window lies wholly on a display: a screen may have been unplugged since.
 * `workAreas` are the displays without task bars, the primary one first.
 */
export function clampToDisplays(state: WindowState, workAreas: readonly Rectangle[]): WindowState {
  const { x, y } = state
  const primary = workAreas[0]
  if (!primary) return state
  const area =
    x === undefined || y === undefined
      ? primary
      : workAreas.reduce((best, one) => (overlap(state, one) > overlap(state, best) ? one : best))
  const width = Math.min(Math.max(state.width, smallestWindow.width), area.width)
  const height = Math.min(Math.max(state.height, smallestWindow.height), area.height)
  if (x === undefined || y === undefined || overlap(state, area) === 0)
    return { ...state, x: undefined, y: undefined, width, height }
  return {
    ...state,
    x: Math.min(Math.max(x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(y, area.y), area.y + area.height - height),
    width,
    height,
  }
}

/** Pixels that window and display share. */
function overlap({ x = 0, y = 0, width, height }: WindowState, area: Rectangle): number {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const down = Math.min(y + height, area.y + area.height) - Math.max(y, area.y)
  return Math.max(across, 0) * Math.max(down, 0)
}
