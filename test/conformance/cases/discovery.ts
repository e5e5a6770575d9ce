import {
  isObject,
  listAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../../electron/training/objects/json.ts'
import { allResources, groupVersion } from '../../../electron/training/objects/resources.ts'
import { shown } from '../normalise.ts'
import type { Cases } from '../run-cases.ts'

const served = [...new Set(allResources.map(groupVersion))]

/** Entries about the kinds that the training cluster serves; it has no others. */
function isServed(entry: Json, version: string): boolean {
  const name = textAt(entry, 'name') ?? ''
  const [plural = '', subresource] = name.split('/')
  const resource = allResources.find((one) => groupVersion(one) === version && one.plural === plural)
  return resource !== undefined && (subresource === undefined || resource.subresources.includes(subresource))
}

/** A digest of a kind's storage version: says nothing to a client that it may rely on. */
function withoutHash(entry: Json): Json {
  return Object.fromEntries(
    Object.entries(objectAt({ entry }, 'entry')).filter(([key]) => key !== 'storageVersionHash'),
  )
}

export const discovery: Cases = {
  'the core group has one version': async ({ admin }) => {
    const { serverAddressByClientCIDRs: _, ...body } = (await admin.get('/api')).body
    return body
  },
  'every group that is served names its version': async ({ admin }) => {
    const groups = listAt((await admin.get('/apis')).body, 'groups')
    const names = served.map((version) => version.slice(0, version.indexOf('/')))
    return groups
      .filter((group) => names.includes(textAt(group, 'name') ?? ''))
      .map((group) => {
        const versions = listAt(group, 'versions').filter((one) =>
          served.includes(textAt(one, 'groupVersion') ?? ''),
        )
        return { ...(group as JsonObject), versions }
      })
      .sort((a, b) => ((textAt(a, 'name') ?? '') < (textAt(b, 'name') ?? '') ? -1 : 1))
  },
  'one group can be asked for': async ({ admin }) => shown(await admin.get('/apis/apps')),
  'each kind is listed with its verbs, short names, categories and subresources': async ({ admin }) => {
    const all: Record<string, Json> = {}
    for (const version of served) {
      const { body } = await admin.get(version === 'v1' ? '/api/v1' : `/apis/${version}`)
      const entries = listAt(body, 'resources')
        .filter((entry) => isServed(entry, version))
        .map(withoutHash)
      all[version] = entries.sort((a, b) => ((textAt(a, 'name') ?? '') < (textAt(b, 'name') ?? '') ? -1 : 1))
    }
    return all
  },
  'the version says which Kubernetes it is': async ({ admin }) => {
    const { body } = await admin.get('/version')
    return { keys: Object.keys(body).sort(), major: body['major'] ?? null, minor: body['minor'] ?? null }
  },
  'health is a plain ok': async ({ admin }) => {
    const seen: Json[] = []
    for (const path of ['/readyz', '/livez', '/healthz']) {
      const answer = await admin.get(path)
      seen.push([path, answer.status, answer.text, answer.headers.get('content-type')])
    }
    return seen
  },
  'group versions of old are gone': async ({ admin }) => {
    const seen: Record<string, Json> = {}
    for (const path of [
      '/apis/apps/v1beta2',
      '/apis/apps/v1beta2/deployments',
      '/apis/extensions/v1beta1',
      '/apis/none.example',
      '/none',
      '/api/v2',
    ]) {
      const answer = await admin.get(path)
      seen[path] =
        isObject(answer.body) && answer.body['kind'] === 'Status'
          ? shown(answer)
          : [answer.status, answer.text, answer.headers.get('content-type')]
    }
    return seen
  },
}
