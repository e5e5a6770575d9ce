import type { Json } from '../../../shared/k8s/json.ts'
import type { ConnectionSpec, ExecSpec } from '../dial/connection-spec.ts'

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

/** Of a file it has been read before, by whoever runs the plugin. */
function caOf({ tls }: ConnectionSpec): Buffer | undefined {
  return tls.ca?.kind === 'text' ? Buffer.from(tls.ca.pem) : undefined
}
