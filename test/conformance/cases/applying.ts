import { objectAt, textAt, type Json, type JsonObject } from '../../../electron/training/objects/json.ts'
import type { KubeAnswer } from '../../support/kube-client.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment } from './objects.ts'

function apply(given: Given, body: JsonObject, query: string): Promise<KubeAnswer> {
  const base = body['kind'] === 'Deployment' ? `${given.apps}/deployments` : `${given.core}/configmaps`
  const path = `${base}/${textAt(body, 'metadata', 'name') ?? ''}?${query}`
  return given.admin.ask('PATCH', path, { body, contentType: 'application/apply-patch+yaml' })
}

function applied(spec: JsonObject): JsonObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' }, spec }
}

function image(tag: string, name = 'main'): JsonObject {
  return { template: { spec: { containers: [{ name, image: `registry.example/demo:${tag}` }] } } }
}

function managed(answer: KubeAnswer): Json {
  return answer.status < 300 ? (objectAt(answer.body, 'metadata')['managedFields'] ?? null) : shown(answer)
}

export const applying: Cases = {
  'apply makes what is not there, and its manager owns what it said': async (given) =>
    shown(
      await apply(
        given,
        deployment('one', {
          template: {
            metadata: { labels: { app: 'one' } },
            spec: {
              containers: [
                {
                  name: 'main',
                  image: 'registry.example/demo:1',
                  ports: [{ containerPort: 80 }],
                  env: [{ name: 'A', value: '1' }],
                  resources: { limits: { cpu: '1' } },
                },
              ],
            },
          },
        }),
        'fieldManager=first',
      ),
    ),
  'apply again changes what is said, and takes away what is no longer said': async (given) => {
    await apply(
      given,
      configMap('one', { labels: { a: '1' }, data: { a: '1', b: '2' } }),
      'fieldManager=first',
    )
    const answer = await apply(given, configMap('one', { data: { b: '3', c: '4' } }), 'fieldManager=first')
    return shown(answer)
  },
  'apply of the same again makes no new version': async (given) => {
    const first = await apply(given, configMap('one'), 'fieldManager=first')
    const second = await apply(given, configMap('one'), 'fieldManager=first')
    return [
      first.status,
      second.status,
      objectAt(first.body, 'metadata')['resourceVersion'] ===
        objectAt(second.body, 'metadata')['resourceVersion'],
    ]
  },
  'apply over the fields of others is 409 and names each field and its manager': async (given) => {
    await given.admin.ask('POST', `${given.apps}/deployments?fieldManager=maker`, { body: deployment('one') })
    await given.admin.ask('PATCH', `${given.apps}/deployments/one?fieldManager=releaser`, {
      body: { spec: image('2') },
      contentType: 'application/strategic-merge-patch+json',
    })
    return [
      shown(await apply(given, applied(image('3')), 'fieldManager=gitops')),
      shown(
        await apply(given, applied({ ...image('3'), replicas: 1, paused: false }), 'fieldManager=gitops'),
      ),
      shown(await apply(given, applied(image('3')), 'fieldManager=gitops&dryRun=All')),
      managed(await apply(given, applied(image('2')), 'fieldManager=gitops')),
      managed(await apply(given, applied(image('3')), 'fieldManager=gitops')),
    ]
  },
  'apply by force takes the field': async (given) => {
    await given.admin.ask('POST', `${given.apps}/deployments?fieldManager=maker`, { body: deployment('one') })
    const forced = await apply(given, applied(image('3')), 'fieldManager=gitops&force=true')
    return [managed(forced), shown(await apply(given, applied(image('4')), 'fieldManager=other'))]
  },
  'a plain patch over an applied field is taken without a word': async (given) => {
    await apply(given, deployment('one'), 'fieldManager=gitops')
    const patched = await given.admin.ask('PATCH', `${given.apps}/deployments/one?fieldManager=tranche`, {
      body: [
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/demo:2' },
      ],
      contentType: 'application/json-patch+json',
    })
    return [managed(patched), shown(await apply(given, deployment('one'), 'fieldManager=gitops'))]
  },
  'two appliers share what they agree on, and it stays until both let go': async (given) => {
    await apply(given, configMap('one', { data: { shared: '1', first: '1' } }), 'fieldManager=first')
    await apply(given, configMap('one', { data: { shared: '1', second: '1' } }), 'fieldManager=second')
    const one = await apply(given, configMap('one', { data: { first: '1' } }), 'fieldManager=first')
    const none = await apply(given, configMap('one', { data: { second: '1' } }), 'fieldManager=second')
    return [one.body['data'] ?? null, none.body['data'] ?? null, managed(none)]
  },
  'apply keeps containers of others, and takes its own away': async (given) => {
    await given.admin.ask('POST', `${given.apps}/deployments?fieldManager=maker`, { body: deployment('one') })
    const names = (answer: KubeAnswer): Json => {
      const spec = objectAt(answer.body, 'spec', 'template', 'spec')
      return answer.status < 300
        ? (spec['containers'] as readonly Json[]).map((one) => objectAt({ one }, 'one')['name'] ?? null)
        : shown(answer)
    }
    return [
      names(await apply(given, applied(image('1', 'extra')), 'fieldManager=injector')),
      names(
        await apply(
          given,
          applied({ template: { spec: { nodeSelector: { a: 'b' } } } }),
          'fieldManager=injector',
        ),
      ),
    ]
  },
  'apply needs a manager, a kind, no managed fields and no other name': async (given) => [
    shown(await apply(given, configMap('one'), '')),
    shown(await apply(given, { kind: 'ConfigMap', metadata: { name: 'one' } }, 'fieldManager=first')),
    shown(
      await apply(
        given,
        {
          ...configMap('one'),
          metadata: {
            name: 'one',
            managedFields: [
              { manager: 'x', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {} },
            ],
          },
        },
        'fieldManager=first',
      ),
    ),
    shown(
      await given.admin.ask('PATCH', `${given.core}/configmaps/two?fieldManager=first`, {
        body: configMap('one'),
        contentType: 'application/apply-patch+yaml',
      }),
    ),
    shown(
      await given.admin.ask('PATCH', `${given.core}/configmaps/one?fieldManager=first`, {
        body: 'a: [',
        contentType: 'application/apply-patch+yaml',
      }),
    ),
    shown(
      await given.admin.ask('PATCH', `${given.core}/configmaps/one?force=true`, {
        body: '{}',
        contentType: 'application/merge-patch+json',
      }),
    ),
  ],
  'apply of a field that does not exist is refused': async (given) => [
    shown(await apply(given, deployment('one', { nonsense: 1 }), 'fieldManager=first')),
    shown(
      await apply(given, deployment('one', { nonsense: 1 }), 'fieldManager=first&fieldValidation=Strict'),
    ),
    shown(
      await apply(given, deployment('one', { nonsense: 1 }), 'fieldManager=first&fieldValidation=Ignore'),
    ),
    shown(await apply(given, deployment('one', { replicas: 'x' }), 'fieldManager=first')),
  ],
  'apply with a version compares it': async (given) => {
    await apply(given, configMap('one'), 'fieldManager=first')
    return [
      shown(
        await apply(
          given,
          { ...configMap('one', { data: { key: '2' } }), metadata: { name: 'one', resourceVersion: '1' } },
          'fieldManager=first',
        ),
      ),
      shown(
        await apply(
          given,
          { ...configMap('none'), metadata: { name: 'none', resourceVersion: '1' } },
          'fieldManager=first',
        ),
      ),
      shown(
        await apply(
          given,
          { ...configMap('none'), metadata: { name: 'none', uid: '00000000-0000-4000-8000-000000000000' } },
          'fieldManager=first',
        ),
      ),
    ]
  },
  'apply in YAML, to the scale and to the status': async (given) => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  key: value\n'
    const yaml = await given.admin.ask('PATCH', `${given.core}/configmaps/one?fieldManager=first`, {
      body,
      contentType: 'application/apply-patch+yaml',
    })
    return [outcome(yaml), yaml.body['data'] ?? null]
  },
  'an apply after an update by the same name is another entry': async (given) => {
    await given.admin.ask('POST', `${given.core}/configmaps?fieldManager=same`, { body: configMap('one') })
    return managed(
      await apply(given, configMap('one', { data: { key: 'value', more: 'x' } }), 'fieldManager=same'),
    )
  },
}
