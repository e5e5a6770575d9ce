import { readFileSync } from 'node:fs'
import type { Json } from '../../shared/k8s/json.ts'
import type { ConnectionSpec, ExecSpec } from './connection-spec.ts'

/**
 * What a plugin finds in KUBERNETES_EXEC_INFO: an ExecCredential with its spec, as client-go writes it. Without it v1
 * plugins do not know which version to answer in.
 */
export function execInfo(spec: ConnectionSpec, exec: ExecSpec, interactive: boolean): Json {
  return {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive, ...(exec.provideClusterInfo && { cluster: clusterInfo(spec, exec) }) },
  }
}

function clusterInfo(spec: ConnectionSpec, exec: ExecSpec): Json {
  const ca = caOf(spec)
  return {
    server: spec.server,
    ...(spec.tls.serverName !== undefined && { 'tls-server-name': spec.tls.serverName }),
    ...(spec.tls.insecure && { 'insecure-skip-tls-verify': true }),
    ...(ca !== undefined && { 'certificate-authority-data': ca.toString('base64') }),
    ...(spec.proxyUrl !== undefined && { 'proxy-url': spec.proxyUrl }),
    ...(spec.disableCompression === true && { 'disable-compression': true }),
    config: exec.clusterConfig ?? null,
  }
}

function caOf({ tls }: ConnectionSpec): Buffer | undefined {
  if (tls.ca === undefined) return undefined
  if (tls.ca.kind === 'text') return Buffer.from(tls.ca.pem)
  try {
    return readFileSync(tls.ca.path)
  } catch {
    // Connecting will say so in words; the plugin is not the one to judge.
    return undefined
  }
}
