import { isMap } from 'yaml'
import type { KubeconfigSentence } from '../../../shared/fault-sentences/kubeconfig-sentence.ts'
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
export function notAKubeconfig(content: Content): KubeconfigSentence | undefined {
  const { kind, apiVersion } = content
  if (kind !== '' && kind !== 'Config') {
    const { encoded, plain } = keysOf(content)
    const key = encoded ?? plain
    return {
      kind: 'file-of-another-kind',
      is: kind,
      ...(key !== undefined && { under: { key, encoded: encoded !== undefined } }),
    }
  }
  return apiVersion === '' || apiVersion === 'v1'
    ? undefined
    : { kind: 'file-of-another-version', apiVersion }
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
