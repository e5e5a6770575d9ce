import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Target } from '../targets/target.ts'
import { controllerCases } from './controller-cases.ts'
import type { World } from './world.ts'

/** A target, and how its time passes while a case waits. */
export type TimedTarget = { readonly target: Target; readonly until: World['until'] }

/** Runs every case in a namespace of its own. */
export function runControllerCases(kind: Target['kind'], open: () => Promise<TimedTarget>): void {
  let opened: TimedTarget
  let count = 0

  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.target.stop())

  describe.each(Object.entries(controllerCases))('%s', (_, cases) => {
    for (const { name, run, skip = {} } of cases) {
      test.skipIf(skip[kind] !== undefined)(name, async () => {
        count += 1
        const namespace = `case-${count}`
        const client = opened.target.client('admin')
        const metadata = { name: namespace }
        const made = await client.post('/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata,
        })
        if (made.status !== 201) throw new Error(made.text)
        await run({ target: kind, client, namespace, until: opened.until })
        // Its pods make room for those of the next cases.
        await client.remove(`/api/v1/namespaces/${namespace}`)
      })
    }
  })
}
