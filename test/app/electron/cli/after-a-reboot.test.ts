import { expect, test } from 'vitest'
import { createKubeClient } from '../../../support/kube-client.ts'
import { path } from '../../../support/shop-release.ts'
import { openTerminal, type Ran, type RunOptions } from '../../../support/terminal.ts'

const tag = '20190215093000'
type Deployment = {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } }
  }
}

/** A terminal of its own for each test, for both wait a minute beside each other. */
async function openShop(): Promise<{
  readonly tranche: (line: string, options?: RunOptions) => Promise<Ran>
  readonly tags: () => Promise<readonly (string | undefined)[]>
  readonly close: () => Promise<void>
}> {
  const terminal = await openTerminal()
  const kubectl = createKubeClient({ server: terminal.server, token: 'training-token' })
  const tagOf = async (name: string): Promise<string | undefined> => {
    const { body } = await kubectl.get(path.deployment(name))
    return (body as unknown as Deployment).spec.template.spec.containers[0]?.image.split(':').at(-1)
  }
  return {
    tranche: (line, options) =>
      terminal.tranche([...line.split(' '), '--service', 'shop-http', '--output', 'json'], options),
    tags: () => Promise.all(['shop-1', 'shop-2', 'shop-3'].map(tagOf)),
    close: async () => {
      await kubectl.close()
      await terminal.close()
    },
  }
}

test.concurrent(
  'after a reboot the next command takes up a person’s own release once its lock was not renewed for a minute',
  async () => {
    const { tranche, tags, close } = await openShop()
    try {
      await tranche(`release --bake 0 --tag ${tag}`)
      const { exit, lines } = await tranche('approve', { machine: 'booted anew' })
      expect({ exit, last: lines.at(-1) }).toEqual({ exit: 4, last: { kind: 'result', exit: 4 } })
      expect(await tags()).toEqual([tag, tag, '2.8.1'])
    } finally {
      await close()
    }
  },
  150_000,
)

test.concurrent(
  'after a reboot a roll back of a person’s own release waits in the same way, and takes it back',
  async () => {
    const { tranche, tags, close } = await openShop()
    try {
      await tranche(`release --bake 0 --tag ${tag}`)
      expect(await tags()).toEqual([tag, '2.8.1', '2.8.1'])
      const { exit, lines } = await tranche('rollback', { machine: 'booted anew' })
      expect({ exit, last: lines.at(-1) }).toEqual({ exit: 0, last: { kind: 'result', exit: 0 } })
      expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
    } finally {
      await close()
    }
  },
  150_000,
)
