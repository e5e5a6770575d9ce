import { ok, type Reply } from '../../shared/fault.ts'
import { createApi, type Api } from './api.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import { createCredentials, type CredentialTools } from './credentials.ts'
import { createTransport } from './transport.ts'
import { createWatchSet, type WatchSet } from './watch-set.ts'

export type ConnectTools = CredentialTools & {
  readonly random: () => number
  readonly version: string
  /** CAs that this machine trusts, see `machineTrust`. */
  readonly trusted: () => readonly string[]
}

export type Connection = {
  readonly spec: ConnectionSpec
  readonly api: Api
  /** The server's version, for people. */
  readonly version: string
  /** All namespaces; `forbidden` is a normal answer. */
  namespaces(): Promise<Reply<readonly string[]>>
  watchNamespace(namespace: string): WatchSet
  close(): Promise<void>
}

/** Reaches the server once, so that what is wrong is said at once and in words. */
export async function connect(spec: ConnectionSpec, tools: ConnectTools): Promise<Reply<Connection>> {
  if (spec.unusable !== undefined) return { ok: false, fault: spec.unusable }
  const credentials = createCredentials(spec, tools)
  const transport = createTransport({
    spec,
    credentials,
    clock: tools.clock,
    env: tools.env,
    trusted: tools.trusted,
    userAgent: `tranche/${tools.version} (${process.platform})`,
  })
  const api = createApi(transport)
  const version = await api.version()
  // A server may keep /version for those who are signed in with more rights: that is no reason to give up.
  if (!version.ok && version.fault.code !== 'forbidden') {
    await transport.close()
    return version
  }
  return ok({
    spec,
    api,
    version: version.ok ? version.value : 'unknown',
    async namespaces() {
      const list = await api.list('Namespace', {})
      return list.ok ? ok(list.value.items.map((one) => one.meta.name).sort()) : list
    },
    watchNamespace: (namespace) =>
      createWatchSet({ api, namespace, clock: tools.clock, random: tools.random }),
    close: () => transport.close(),
  })
}
