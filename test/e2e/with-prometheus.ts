import { test as base } from './clew.ts'
import { prometheusAnswers } from './fake-prometheus.ts'
import { startServer, type FakeServer } from './fake-servers.ts'

/** The test where Clew is connected to a Prometheus, started anew for each. */
export const testWithPrometheus = base.extend<{ prometheus: FakeServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  prometheus: async ({}, use) => {
    const server = await startServer(prometheusAnswers)
    await use(server)
    await server.stop()
  },
  clewArgs: async ({ prometheus }, use) => use(['--connect', `prometheus=${prometheus.url}`]),
})
