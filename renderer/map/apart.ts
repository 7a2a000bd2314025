/** A map while one of its services is dragged: what stays as it is, and what goes along. */
import type { Picture } from './draw-map'
import { withMovedEnds } from './curves'
import type { Point } from './geometry'

const isOf = (name: string, { parent, child }: Picture['edges'][number]): boolean =>
  parent === name || child === name

/** All but a service and its calls. */
export const without = (picture: Picture, name: string): Picture => ({
  ...picture,
  nodes: picture.nodes.filter((node) => node.name !== name),
  edges: picture.edges.filter((edge) => !isOf(name, edge)),
})

/** A service and its calls alone, so far from where they are; px at a scale of 1. */
export function alone(picture: Picture, name: string, by: Point): Picture {
  const edges = picture.edges.filter((edge) => isOf(name, edge))
  const box = picture.places.get(name)
  const curves = edges.flatMap(({ id, parent, child }) => {
    const curve = picture.curves.get(id)
    const ends = [parent === name && ('from' as const), child === name && ('to' as const)].filter(
      (end) => end !== false,
    )
    return curve ? [[id, withMovedEnds(curve, ends, by)] as const] : []
  })
  return {
    ...picture,
    nodes: picture.nodes.filter((node) => node.name === name),
    edges,
    places: new Map(box && [[name, { ...box, x: box.x + by.x, y: box.y + by.y }]]),
    groups: new Map(),
    curves: new Map(curves),
  }
}
