import { readFileSync } from 'node:fs'
import { bakeNothing, expect, startRelease, test } from './support/host.ts'

/** A second Service over the very Deployments of the demo, made past the application. */
async function serveTwice(kubeconfig: string): Promise<void> {
  const text = readFileSync(kubeconfig, 'utf8')
  const found = (field: string) => new RegExp(`${field}: (\\S+)`).exec(text)?.[1] ?? ''
  const services = `${found('server')}/api/v1/namespaces/demo/services`
  const headers = { Authorization: `Bearer ${found('token')}`, 'Content-Type': 'application/json' }
  const demo = (await (await fetch(`${services}/demo-http`, { headers })).json()) as {
    readonly spec: { readonly selector: Readonly<Record<string, string>> }
  }
  const made = await fetch(services, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'twin' },
      spec: { selector: demo.spec.selector, ports: [{ port: 80 }] },
    }),
  })
  expect(made.status).toBe(201)
}

test('a release of another Service that stands in the way is opened from the check that names it', async ({
  host,
  page,
}) => {
  await host.open(page)
  await serveTwice(host.kubeconfig())
  await bakeNothing(page)
  await startRelease(page, '20190215093000')
  await expect(page.getByRole('heading', { name: /Batch 2 waits/ })).toBeVisible()
  await page.getByRole('button', { name: /^twin/ }).click()
  await page.getByRole('textbox', { name: 'New tag' }).fill('20190215093000')
  const checks = page.getByRole('list', { name: /^blockers?$/i })
  await expect(checks).toContainText(/on Service demo-http holds the same Deployments/)
  await expect(page.getByRole('button', { name: /^Start batch 1/ })).toBeDisabled()
  await checks.getByRole('button', { name: 'Open the Service demo-http' }).click()
  await expect(page.getByRole('heading', { name: /Batch 2 waits/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Approve/ }).first()).toBeEnabled()
})
