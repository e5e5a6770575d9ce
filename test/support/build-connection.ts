import { spawn } from 'node:child_process'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import type { ConnectTools } from '../../electron/cluster/connection.ts'
import { createForeignFiles } from '../../electron/cluster/dial/foreign-files.ts'
import type { ConnectionSpec } from '../../electron/cluster/dial/connection-spec.ts'
import { connectionId } from '../../shared/ids.ts'

/** A context that signs in as nobody; what a test is about it says itself. */
export function buildSpec(parts: Partial<ConnectionSpec> = {}): ConnectionSpec {
  return {
    id: connectionId('c'),
    name: 'c',
    file: '/kubeconfig',
    namespace: 'demo',
    server: 'https://127.0.0.1:1',
    user: { kind: 'none' },
    tls: { insecure: false },
    warnings: [],
    current: false,
    ...parts,
  }
}

/** Real clock, real programs, all plugins agreed to, no proxy, no CA of this machine. */
export function buildConnectTools(parts: Partial<ConnectTools> = {}): ConnectTools {
  return {
    clock: createSystemClock(),
    random: () => 0,
    version: '1.2.3',
    env: { PATH: process.env['PATH'] },
    spawn,
    trusted: () => [],
    log: () => undefined,
    consent: () => true,
    files: createForeignFiles(createSystemClock()),
    pluginPolicy: () => Promise.resolve({ kind: 'allow-all' }),
    ...parts,
  }
}
