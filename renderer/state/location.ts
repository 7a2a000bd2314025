/**
 * Where you are is the URL. A page describes its part of it with a codec; reading never fails (what does not parse is left out), and
 * writing tells *navigation* (a new place: Back returns here) from *adjustment* (the same place, seen differently: replaces the entry).
 */
import { type ParsedLocation, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
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
 * What is read of a page's own address. A page that is left is still there when the address is that of the next one, which is nothing to
 * it: drawn once more for it, its editors and charts would be made anew, just to be thrown away, before anything of the next page is painted.
 */
function ownAt(path: string, read: (place: ParsedLocation) => string) {
  let last: string | undefined
  return (place: ParsedLocation): string | undefined => {
    if (place.pathname === path) last = read(place)
    return last
  }
}

/** What is read of the address of the page at `path`; undefined while that was never there. `read` stays the same. */
export function useOwnLocation(path: string, read: (place: ParsedLocation) => string): string | undefined {
  return useLocation({ select: useMemo(() => ownAt(path, read), [path, read]) })
}

const searchOf = ({ searchStr }: ParsedLocation): string => searchStr

/** The page's own part of the URL, and the two ways of changing it. */
export function useLocationState<State extends object>(
  codec: LocationCodec<State>,
): [State, LocationActions<State>] {
  const search = useOwnLocation(codec.path, searchOf) ?? ''
  const navigate = useNavigate()
  const { history } = useRouter()
  const state = useMemo(() => codec.parse(new URLSearchParams(search)), [codec, search])
  // Several changes may be made before React renders again: each must see the one before.
  const latest = useRef(state)
  useLayoutEffect(() => {
    latest.current = state
  })
  const write = useCallback(
    (change: Partial<State>, replace: boolean) => {
      // A page that is being left may find something to adjust: that would put it in the place of the one that was gone to.
      if (replace && history.location.pathname !== codec.path) return
      latest.current = { ...latest.current, ...change }
      // The thread stays at its step.
      goWithin(
        undefined,
        () => void navigate({ href: hrefOf(codec, latest.current), replace, resetScroll: false }),
      )
    },
    [codec, history, navigate],
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
