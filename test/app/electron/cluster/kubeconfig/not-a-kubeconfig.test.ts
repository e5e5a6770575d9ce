import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseKubeconfig } from '../../../../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const said = (text: string, language: 'en' | 'zh' = 'en'): string => {
  const read = parseKubeconfig(text, { path: '/k', folder: '/' })
  return read.ok ? 'read' : wordsOf(read.fault, language)
}
const frame = 'clusters: []\ncontexts: []\nusers: []\n'
const inside = 'kind: Config\ncontexts: []\n'

describe('what kubectl refuses because of its kind', () => {
  test('a Secret is told as one, with the key under which it holds a kubeconfig and nothing of what stands there', () => {
    const secret = readFileSync(new URL('../../../../cases/kubeconfigs/secret.yaml', import.meta.url), 'utf8')
    expect(said(secret)).toBe(
      'This is a Secret, no kubeconfig: kubectl refuses it. It holds one under "value", in base64: decode that and save it as a file of its own.',
    )
  })

  test.each([
    ['Secret', 'apiVersion: v1\nkind: Secret\ndata: {password: c2VjcmV0}\n'],
    ['List', 'apiVersion: v1\nkind: List\nitems: []\n'],
    ['Deployment', 'apiVersion: apps/v1\nkind: Deployment\n'],
    ['config', `apiVersion: v1\nkind: config\n${frame}`],
    ['ConfigMap', `apiVersion: v1\nkind: ConfigMap\n${frame}`],
    [
      'KubeProxyConfiguration',
      '{"kind": "KubeProxyConfiguration", "apiVersion": "kubeproxy.config.k8s.io/v1alpha1"}',
    ],
  ])('a %s is told as one, in both languages', (kind, text) => {
    expect(said(text)).toBe(`This is a ${kind}, no kubeconfig: kubectl refuses it.`)
    expect(said(text, 'zh')).toBe(`这是 ${kind}，不是 kubeconfig：kubectl 会拒绝。`)
  })

  test('a ConfigMap or a Secret in plain text says under which key the kubeconfig is', () => {
    const map = `kind: ConfigMap\ndata:\n  other: x\n  kubeconfig: ${JSON.stringify(inside)}\n`
    expect(said(map)).toContain('It holds one under "kubeconfig": save that')
    const plain = `kind: Secret\nstringData:\n  admin.conf: ${JSON.stringify(inside)}\n`
    expect(said(plain, 'zh')).toContain('其“admin.conf”中有一份：请另存为文件。')
  })

  test('a Config of another version is refused as kubectl refuses it', () => {
    expect(said(`apiVersion: v2\nkind: Config\n${frame}`)).toContain('apiVersion "v2"')
  })

  test.each([
    ['both', `apiVersion: v1\nkind: Config\n${frame}`],
    ['no kind', `apiVersion: v1\n${frame}`],
    ['no version', `kind: Config\n${frame}`],
    ['neither', frame],
  ])('a kubeconfig with %s is read, as kubectl reads it', (_, text) => {
    expect(said(text)).toBe('read')
  })
})
