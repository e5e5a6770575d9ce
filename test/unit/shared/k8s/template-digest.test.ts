import { expect, test } from 'vitest'
import { objectType, type FieldType } from '../../../../electron/training/fields/kubernetes-types.ts'
import { earlierTemplateDigest } from '../../../../shared/k8s/earlier-template-digest.ts'
import { exactQuantity } from '../../../../shared/k8s/exact-quantity.ts'
import type { Json, JsonObject } from '../../../../shared/k8s/json.ts'
import { contentDigest, hasTemplate, templateDigest } from '../../../../shared/k8s/template-digest.ts'

type Way = { readonly field: string; readonly inList: boolean }
type Found = { readonly way: readonly Way[]; readonly type: FieldType }

/** Every field of a pod template that a real server's OpenAPI documents name, with the way to it. */
function fieldsOf(name: string, way: readonly Way[], above: readonly string[]): readonly Found[] {
  if (above.includes(name)) return []
  return Object.entries(objectType(name).fields).flatMap(([field, type]): readonly Found[] => {
    const here = [...way, { field, inList: false }]
    if (typeof type === 'string') return [{ way: here, type }]
    if ('object' in type) return [{ way: here, type }, ...fieldsOf(type.object, here, [...above, name])]
    if ('list' in type && typeof type.list === 'object' && 'object' in type.list) {
      const inside = [...way, { field, inList: true }]
      return [{ way: here, type }, ...fieldsOf(type.list.object, inside, [...above, name])]
    }
    return [{ way: here, type }]
  })
}

/** A template with nothing in it but the way to this field, and the value there. */
function templateWith(way: readonly Way[], value: Json | undefined): JsonObject {
  const [first, ...rest] = way
  if (first === undefined) return {}
  const inner = rest.length === 0 ? value : templateWith(rest, value)
  if (inner === undefined) return {}
  return { [first.field]: first.inList ? [inner] : inner }
}

const fields = fieldsOf('PodTemplateSpec', [], [])
const pathOf = ({ way }: Found): string => way.map(({ field }) => field).join('.')

function isAlike(found: Found, a: Json | undefined, b: Json | undefined): boolean {
  return templateDigest(templateWith(found.way, a)) === templateDigest(templateWith(found.way, b))
}

test('absent and empty are two things for a pointer, and one for maps, lists and values, in every field of a pod', () => {
  const wrong = fields.flatMap((found) => {
    const { type } = found
    if (typeof type !== 'object' || 'scalar' in type) return []
    const empty = 'list' in type ? [] : {}
    const isPointer = 'object' in type && type.present !== true
    return isAlike(found, undefined, empty) === !isPointer ? [] : [pathOf(found)]
  })
  expect(fields.length).toBeGreaterThan(400)
  expect(wrong).toEqual([])
})

test('quantities go by value wherever the server has one, and texts that look like quantities do not', () => {
  const wrong = fields.flatMap((found) => {
    const { type } = found
    const ofMap = typeof type === 'object' && 'map' in type ? type.map : undefined
    const scalar = ofMap ?? (typeof type === 'object' && 'scalar' in type ? type.scalar : type)
    if (scalar !== 'quantity' && scalar !== 'string') return []
    const [a, b]: [Json, Json] = ofMap === undefined ? ['1', '1000m'] : [{ some: '1' }, { some: '1000m' }]
    return isAlike(found, a, b) === (scalar === 'quantity') ? [] : [pathOf(found)]
  })
  expect(wrong).toEqual([])
})

test('a key of a map is a key, also if it is named like a field or has no value', () => {
  const labels = (value: JsonObject): string => templateDigest({ metadata: { labels: value } })
  expect(labels({ a: '' })).not.toBe(labels({}))
  expect(labels({ limits: '1' })).not.toBe(labels({ limits: '1000m' }))
  expect(labels({ sizeLimit: '1' })).not.toBe(labels({ sizeLimit: '1000m' }))
})

test('the hash label in the labels of the template does not count, and everywhere else it does', () => {
  const hash = { 'pod-template-hash': 'abc' }
  const labels = { app: 'a' }
  expect(templateDigest({ metadata: { labels: { ...labels, ...hash } } })).toBe(
    templateDigest({ metadata: { labels } }),
  )
  expect(templateDigest({ metadata: { labels: hash } })).toBe(templateDigest({}))
  expect(templateDigest({ spec: { nodeSelector: hash } })).not.toBe(templateDigest({ spec: {} }))
})

test.each([
  ['1', '1000m'],
  ['0.5', '500m'],
  ['1Gi', '1073741824'],
  ['1024Mi', '1Gi'],
  ['0.5Gi', '512Mi'],
  ['1e3', '1k'],
  ['1E', '1000P'],
  ['0', '0Mi'],
  ['+1', '1.0'],
  ['1n', '0.1n'],
])('%s and %s are one quantity', (a, b) => {
  expect(exactQuantity(a)).toBeDefined()
  expect(exactQuantity(a)).toBe(exactQuantity(b))
})

test.each([
  ['1G', '1Gi'],
  ['9007199254740993', '9007199254740992'],
  ['1', '-1'],
])('%s and %s are two quantities', (a, b) => {
  expect(exactQuantity(a)).not.toBe(exactQuantity(b))
})

test.each(['', '.', '1x', '1 Gi', '1e999', 'e3', '9'.repeat(100)])('"%s" is no quantity', (text) => {
  expect(exactQuantity(text)).toBeUndefined()
})

test('a digest that an earlier build has written down still finds its template, by the rule of then', () => {
  const template = { spec: { containers: [{ name: 'app', image: 'app:1', securityContext: {} }] } }
  const without = { spec: { containers: [{ name: 'app', image: 'app:1' }] } }
  const found = (one: JsonObject) => ({ template: one, templateDigest: templateDigest(one) })
  const written = earlierTemplateDigest(template)
  expect(hasTemplate(found(template), written)).toBe(true)
  // It could not tell these two apart.
  expect(hasTemplate(found(without), written)).toBe(true)
  expect(hasTemplate(found({ spec: { containers: [] } }), written)).toBe(false)
  expect(hasTemplate(found(template), templateDigest(template))).toBe(true)
  expect(hasTemplate(found(without), templateDigest(template))).toBe(false)
  expect(hasTemplate(found(without), undefined)).toBe(false)
})

test('when pods were restarted is left out of the digest of the content, and nothing else is', () => {
  const at = (time?: string, more: JsonObject = {}): JsonObject => ({
    metadata: {
      annotations: { ...(time !== undefined && { 'kubectl.kubernetes.io/restartedAt': time }), ...more },
    },
  })
  expect(contentDigest(at('a'))).toBe(contentDigest(at('b')))
  expect(contentDigest(at('a'))).toBe(contentDigest(at(), templateDigest(at())))
  expect(contentDigest(at('a'), templateDigest(at('a')))).toBe(templateDigest(at()))
  expect(contentDigest(at('a', { own: '1' }))).not.toBe(contentDigest(at('a')))
})
