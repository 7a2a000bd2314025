import { Hono } from 'hono'
import { openedBeginSchema } from '#shared/api/schemas'
import type { HandlerOptions } from './options.ts'
import { giveWayToFiles } from './end-demo.ts'
import { readBody, readBytes, readText, type HandlerEnv } from './requests.ts'

/** What the page hands over of opened files, so that they can be asked like a server: one set after the other, and so its documents. */
export function openedRoutes(
  options: Pick<HandlerOptions, 'openedStore' | 'demoShop' | 'preferences'>,
): Hono<HandlerEnv> {
  const { openedStore } = options
  return new Hono<HandlerEnv>()
    .post('/', async (c) => {
      await openedStore.begin(await readBody(c, openedBeginSchema))
      return c.body(null, 204)
    })
    .post('/:id/bytes', async (c) => {
      const document = readText(c, 'document')
      await openedStore.add(c.req.param('id'), document, await readBytes(c), c.env.signal)
      return c.body(null, 204)
    })
    .post('/:id/broken', (c) => {
      openedStore.addBroken(c.req.param('id'), readText(c, 'document'))
      return c.body(null, 204)
    })
    .post('/:id/document-end', async (c) => {
      await openedStore.endDocument(c.req.param('id'), c.env.signal)
      return c.body(null, 204)
    })
    .post('/:id/end', async (c) => {
      const source = await openedStore.end(c.req.param('id'), c.env.signal)
      await giveWayToFiles(options)
      return c.json(source, 201)
    })
    .delete('/:id', async (c) => {
      await openedStore.close(c.req.param('id'))
      return c.body(null, 204)
    })
}
