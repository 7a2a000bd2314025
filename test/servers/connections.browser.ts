/** Connecting to real servers through the form, as a person does. */
import type { Page } from '@playwright/test'

import { startProxy } from './proxy.ts'
import { expect, searchService, test } from './pages.ts'

// Nothing on the command line: everything is entered.
test.use({ clewArgs: ['--no-open'] })

async function openForm(page: Page, address: string): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('button', { name: 'Add a connection' }).first().click()
  await page.getByLabel('Address').fill(address)
}

async function add(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText(/^Added /)).toBeVisible()
}

for (const { kind, product, seen } of [
  { kind: 'jaeger', product: 'Jaeger', seen: 'auth-service' },
  { kind: 'tempo', product: 'Tempo', seen: 'auth-service' },
  { kind: 'zipkin', product: 'Zipkin', seen: 'auth-service' },
  { kind: 'loki', product: 'Loki', seen: 'service_name' },
  { kind: 'prometheus', product: 'Prometheus', seen: 'http_server_request_duration_seconds_bucket' },
] as const)
  test(`the address of a ${product} is enough: Test finds out what it is and what is in it`, async ({
    page,
    servers,
  }) => {
    await openForm(page, servers[kind].url)
    await page.getByRole('button', { name: 'Test' }).click()
    await expect(page.getByText(new RegExp(`^${product}.* answers in`))).toBeVisible()
    await expect(page.getByRole('radio', { name: product })).toBeChecked()
    await expect(page.getByText('in step with this machine')).toBeVisible()
    await expect(page.getByText(new RegExp(`\\b${seen}\\b`)).first()).toBeVisible()
    await add(page)
    await expect(page.getByRole('row').filter({ hasText: servers[kind].url })).toContainText('kept')
  })

test('a Jaeger that is called a Tempo is named, and can be added as what it is', async ({
  page,
  servers,
}) => {
  await openForm(page, servers.jaeger.url)
  await page.getByRole('radio', { name: 'Tempo' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText('This is a Jaeger; choose Jaeger as its kind.')).toBeVisible()
})

test('a Tempo with tenants asks for one, and shows that tenant its traces only', async ({
  page,
  servers,
}) => {
  await openForm(page, servers.tempoTenants.url)
  await page.getByRole('radio', { name: 'Tempo' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText(/needs to know which/)).toBeVisible()
  await page.getByRole('button', { name: 'Name the tenant' }).click()
  await page.keyboard.type('team-red')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText('red-service').first()).toBeVisible()
  await expect(page.getByText('blue-service')).toBeHidden()
  await add(page)
  await searchService(page, 'red-service')
  await expect(page.getByText('1 trace from 1 of 1 source').first()).toBeVisible()
})

test('a password is asked for, refused when wrong, and let in when right', async ({ page, servers }) => {
  const proxy = await startProxy(servers.jaeger.url, {
    authorization: `Basic ${Buffer.from('ana:sesame').toString('base64')}`,
  })
  try {
    await openForm(page, proxy.url)
    await page.getByRole('radio', { name: 'Jaeger' }).click()
    await page.getByRole('button', { name: 'Test' }).click()
    await expect(page.getByText(/does not accept who is asking \(401\)/)).toBeVisible()
    await page.getByRole('radio', { name: 'Password' }).click()
    await page.getByLabel('User').fill('ana')
    await page.getByLabel('Password', { exact: true }).last().fill('guess')
    await page.getByRole('button', { name: 'Test' }).click()
    await expect(page.getByText('Check the user and the password in its connection settings.')).toBeVisible()
    await page.getByLabel('Password', { exact: true }).last().fill('sesame')
    await page.getByRole('button', { name: 'Test' }).click()
    await expect(page.getByText(/^Jaeger.* answers in/)).toBeVisible()
    await add(page)
    await searchService(page, 'order-service')
    await expect(page.getByText('41 traces from 1 of 1 source').first()).toBeVisible()
  } finally {
    await proxy.close()
  }
})
