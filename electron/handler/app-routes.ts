import { Hono } from 'hono'
import { preferencesSchema } from '#shared/api/schemas'
import { threadChangeSchema } from '#shared/thread/schema'
import { errorAnswer, MissingError } from './answers.ts'
import type { HandlerOptions } from './options.ts'
import { readBody, type HandlerEnv } from './requests.ts'

/** The running program: what it is, its preferences, the thread, the files it was opened with. */
export function appRoutes({ info, preferences, thread, files }: HandlerOptions): Hono<HandlerEnv> {
  return new Hono<HandlerEnv>()
    .get('/there', (c) => c.body(null, 204))
    .get('/app', async (c) => c.json({ ...info, files: await files.list() }))
    .get('/preferences', async (c) => c.json(await preferences.get()))
    .put('/preferences', async (c) => c.json(await preferences.put(await readBody(c, preferencesSchema))))
    .get('/thread', async (c) => c.json(await thread.get()))
    .get('/thread/earlier', async (c) => c.json(await thread.earlier()))
    .post('/thread', async (c) => {
      await thread.change(await readBody(c, threadChangeSchema))
      return c.body(null, 204)
    })
    .get('/files/:id', async (c) => {
      const id = c.req.param('id')
      const listed = (await files.list()).find((file) => file.id === id)
      if (listed?.error !== undefined) return errorAnswer(listed.error)
      const file = await files.open(id)
      if (file === undefined) {
        throw new MissingError(
          'That file is not open here.',
          'Open it again: files are not kept between runs.',
        )
      }
      return new Response(file.stream, {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(file.sizeBytes),
          'x-clew-source': encodeURIComponent(file.name),
        },
      })
    })
}
