/**
 * Where you are is the URL. A page describes its part of it with a codec; reading never fails (what does not parse is left out), and
 * writing tells *navigation* (a new place: Back returns here) from *adjustment* (the same place, seen differently: replaces the entry).
 */
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { goWithin } from './thread-entries'

export interface LocationCodec<State> {
  /** The path this state lives at, such as `/trace`. */
  readonly path: string
  parse(params: URLSearchParams): State
  format(state: State): URLSearchParams
}

/** The link to a state: a path with its query, without the origin. */
export function hrefOf<State>(codec: LocationCodec<State>, state: State): string {
  const query = codec.format(state).toString()
  return query === '' ? codec.path : `${codec.path}?${query}`
}

export interface LocationActions<State> {
  /** Goes to a new place; Back returns. */
  readonly go: (change: Partial<State>) => void
  /** Changes the present place. */
  readonly adjust: (change: Partial<State>) => void
}

/**
 * Reads the query of a page's own address. A page that is left is drawn once more with the address of the next one, which is nothing to it:
 * its editors and charts would be made anew, just to be thrown away, before anything of the next page is painted.
 */
function ownSearchAt(path: string) {
  let last = ''
  return ({ pathname, searchStr }: { readonly pathname: string; readonly searchStr: string }): string => {
    if (pathname === path) last = searchStr
    return last
  }
}

/** The page's own part of the URL, and the two ways of changing it. */
export function useLocationState<State extends object>(
  codec: LocationCodec<State>,
): [State, LocationActions<State>] {
  const ownSearch = useMemo(() => ownSearchAt(codec.path), [codec.path])
  const search = useLocation({ select: ownSearch })
  const navigate = useNavigate()
  const state = useMemo(() => codec.parse(new URLSearchParams(search)), [codec, search])
  // Several changes may be made before React renders again: each must see the one before.
  const latest = useRef(state)
  useLayoutEffect(() => {
    latest.current = state
  })
  const write = useCallback(
    (change: Partial<State>, replace: boolean) => {
      latest.current = { ...latest.current, ...change }
      // The thread stays at its step.
      goWithin(
        undefined,
        () => void navigate({ href: hrefOf(codec, latest.current), replace, resetScroll: false }),
      )
    },
    [codec, navigate],
  )
  const actions = useMemo(
    () => ({
      go: (change: Partial<State>) => write(change, false),
      adjust: (change: Partial<State>) => write(change, true),
    }),
    [write],
  )
  return [state, actions]
}

/** Goes to any link of this application. */
export function useGo(): (href: string, options?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback(
    (href, options) => void navigate({ href, replace: options?.replace ?? false }),
    [navigate],
  )
}
