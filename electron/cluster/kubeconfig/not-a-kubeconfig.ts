import { isMap } from 'yaml'
import { parseYaml } from '../dial/parse-yaml.ts'

type Content = {
  readonly kind: string
  readonly apiVersion: string
  readonly data?: unknown
  readonly stringData?: unknown
}

/**
 * Why a file that names its kind is no kubeconfig: kubectl reads `kind: Config` of `apiVersion: v1`, or a file that
 * names neither, and refuses every other one whole. Read as a kubeconfig, a Secret would be one without contexts.
 */
export function notAKubeconfig(content: Content): string | undefined {
  const { kind, apiVersion } = content
  if (kind !== '' && kind !== 'Config') {
    const { encoded, plain } = keysOf(content)
    if (encoded !== undefined)
      return `This is a ${kind}, no kubeconfig: kubectl refuses it. It holds one under "${encoded}", in base64: decode that and save it as a file of its own.`
    return plain === undefined
      ? `This is a ${kind}, no kubeconfig: kubectl refuses it.`
      : `This is a ${kind}, no kubeconfig: kubectl refuses it. It holds one under "${plain}": save that as a file of its own.`
  }
  return apiVersion === '' || apiVersion === 'v1'
    ? undefined
    : `This is a Config of apiVersion "${apiVersion}", and a kubeconfig is one of v1: kubectl refuses it.`
}

type Keys = { readonly encoded?: string | undefined; readonly plain?: string | undefined }

/** Cluster API and others keep a kubeconfig in a Secret: where it is in there. What stands in it is not shown. */
function keysOf({ kind, data, stringData }: Content): Keys {
  if (kind !== 'Secret') return { plain: keyOf(data, (text) => text) }
  return {
    encoded: keyOf(data, (text) => Buffer.from(text, 'base64').toString('utf8')),
    plain: keyOf(stringData, (text) => text),
  }
}

function keyOf(data: unknown, read: (text: string) => string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  return Object.entries(data).find(
    ([, text]) => typeof text === 'string' && speaksOfContexts(read(text)),
  )?.[0]
}

function speaksOfContexts(text: string): boolean {
  if (!/contexts/.test(text)) return false
  const parsed = parseYaml(text, { logLevel: 'silent' })
  if (parsed.kind !== 'document') return false
  const { document } = parsed
  return document.errors.length === 0 && isMap(document.contents) && document.has('contexts')
}
