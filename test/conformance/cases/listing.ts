import { listAt, numberAt, textAt, type Json } from '../../../electron/training/objects/json.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment, pod } from './objects.ts'

async function fill({ admin, core }: Given, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const labels = { parity: number % 2 === 0 ? 'even' : 'odd', number: String(number) }
    await admin.post(`${core}/configmaps`, configMap(`c${number}`, { labels }))
  }
}

function names(list: Json): readonly Json[] {
  return listAt(list, 'items').map((item) => textAt(item, 'metadata', 'name') ?? null)
}

/** The names of each answer, or the whole refusal. */
async function namesFor(given: Given, queries: readonly string[], plural = 'configmaps'): Promise<Json> {
  const found: Record<string, Json> = {}
  for (const query of queries) {
    const base = plural === 'deployments' ? given.apps : given.core
    const answer = await given.admin.get(`${base}/${plural}?${query}`)
    found[query] = answer.status === 200 ? names(answer.body) : shown(answer)
  }
  return found
}

/** What differs from server to server at the front of a list: how many, and whether it goes on. */
function pageOf(answer: { readonly status: number; readonly body: Json }): Json {
  const token = textAt(answer.body, 'metadata', 'continue') ?? ''
  return {
    code: answer.status,
    names: names(answer.body),
    goesOn: token !== '',
    remaining: numberAt(answer.body, 'metadata', 'remainingItemCount') ?? null,
  }
}

export const listing: Cases = {
  'a list has a version, and its items have neither kind nor apiVersion': async (given) => {
    await fill(given, 1)
    return shown(await given.admin.get(`${given.core}/configmaps`))
  },
  'an empty list has an empty list of items': async ({ admin, core }) =>
    shown(await admin.get(`${core}/configmaps`)),
  'a list of a namespace that is not there is empty': async ({ admin }) =>
    shown(await admin.get('/api/v1/namespaces/none-such/configmaps')),
  'lists come in the order of their names, whatever the order of making': async ({ admin, core }) => {
    for (const name of ['b', 'a-b', 'a', 'a.b', 'a0', 'c'])
      await admin.post(`${core}/configmaps`, configMap(name))
    return names((await admin.get(`${core}/configmaps`)).body)
  },
  'a list at version 0 ignores the limit': async (given) => {
    await fill(given, 3)
    return pageOf(await given.admin.get(`${given.core}/configmaps?limit=1&resourceVersion=0`))
  },
  'a list not older than a version shows what was made at that version': async ({ admin, core }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('made'))
    const version = textAt(made.body, 'metadata', 'resourceVersion') ?? ''
    const matches = ['', '&resourceVersionMatch=NotOlderThan']
    const answers: Json[] = []
    for (const match of matches)
      answers.push(pageOf(await admin.get(`${core}/configmaps?resourceVersion=${version}${match}`)))
    return answers
  },
  'a list at exactly a version shows what was there then': async ({ admin, core }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('first'))
    const version = textAt(made.body, 'metadata', 'resourceVersion') ?? ''
    await admin.post(`${core}/configmaps`, configMap('second'))
    await admin.remove(`${core}/configmaps/first`)
    const then = await admin.get(`${core}/configmaps?resourceVersion=${version}&resourceVersionMatch=Exact`)
    return [pageOf(then), textAt(then.body, 'metadata', 'resourceVersion') === version]
  },
  'a version that the server has not reached is 504 with its cause': async ({ admin, core }) => {
    const far = '9000000000'
    return shown(await admin.get(`${core}/configmaps?resourceVersion=${far}`))
  },
  'a version that is no number is refused': async ({ admin, core }) =>
    shown(await admin.get(`${core}/configmaps?resourceVersion=abc`)),
  'a version match needs a version, and has to be a known word': async (given) =>
    namesFor(given, [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch=NotOlderThan',
      'resourceVersionMatch=Sometimes&resourceVersion=1',
    ]),
  'pages follow one another, and tell how many are left': async (given) => {
    await fill(given, 5)
    const { admin, core } = given
    const pages: Json[] = []
    const versions = new Set<string>()
    let token = ''
    do {
      const answer = await admin.get(`${core}/configmaps?limit=2&continue=${encodeURIComponent(token)}`)
      pages.push(pageOf(answer))
      versions.add(textAt(answer.body, 'metadata', 'resourceVersion') ?? '')
      token = textAt(answer.body, 'metadata', 'continue') ?? ''
      await admin.post(`${core}/configmaps`, configMap(`later-${pages.length}`))
    } while (token !== '' && pages.length < 9)
    return { pages, versions: versions.size }
  },
  'with a selector nobody counts what is left': async (given) => {
    await fill(given, 5)
    return pageOf(await given.admin.get(`${given.core}/configmaps?limit=1&labelSelector=parity%3Dodd`))
  },
  'a page token and a version do not go together': async (given) => {
    await fill(given, 2)
    const page = await given.admin.get(`${given.core}/configmaps?limit=1`)
    const token = encodeURIComponent(textAt(page.body, 'metadata', 'continue') ?? '')
    const version = textAt(page.body, 'metadata', 'resourceVersion') ?? ''
    const zero = await given.admin.get(`${given.core}/configmaps?limit=1&continue=${token}&resourceVersion=0`)
    const both = await given.admin.get(
      `${given.core}/configmaps?limit=1&continue=${token}&resourceVersion=${version}`,
    )
    return [pageOf(zero), shown(both)]
  },
  'a page token that cannot be read is refused': async ({ admin, core }) =>
    shown(await admin.get(`${core}/configmaps?limit=1&continue=abc`)),
  'label selectors: equal, unequal, sets, there and not there': async (given) => {
    await fill(given, 4)
    return namesFor(
      given,
      [
        'parity=odd',
        'parity==odd',
        'parity!=odd',
        'none!=odd',
        'number in (1,2)',
        'number notin (1,2)',
        'parity',
        '!parity',
        'parity=odd,number!=1',
        'number in (3),parity in (odd)',
        'number>2',
        'number<3',
        'parity=',
      ].map((selector) => `labelSelector=${encodeURIComponent(selector)}`),
    )
  },
  'label selectors that cannot be read are 400': async (given) =>
    namesFor(
      given,
      ['a b', 'a in', 'a in (x', '=', 'a=b c', '/x=y', 'a=b,,c=d', 'a=-'].map(
        (selector) => `labelSelector=${encodeURIComponent(selector)}`,
      ),
    ),
  'field selectors of Deployments know their name and namespace only': async (given) => {
    await given.admin.post(`${given.apps}/deployments`, deployment('one'))
    return namesFor(
      given,
      [
        'metadata.name=one',
        'metadata.name!=one',
        'metadata.name=two',
        `metadata.namespace=${given.namespace}`,
        'metadata.namespace=other',
        'spec.replicas=0',
        'metadata.name',
        'status.phase=Running',
      ].map((selector) => `fieldSelector=${encodeURIComponent(selector)}`),
      'deployments',
    )
  },
  'field selectors of pods know their phase and node': async (given) => {
    await given.admin.post(`${given.core}/pods`, pod('one'))
    await given.admin.post(`${given.core}/pods`, pod('two', { spec: { nodeName: 'somewhere' } }))
    return namesFor(
      given,
      [
        'status.phase=Pending',
        'status.phase!=Pending',
        'spec.nodeName=somewhere',
        'spec.nodeName=',
        'spec.nodeName!=',
        'metadata.name=one,status.phase=Pending',
        'spec.restartPolicy=Always',
        'spec.serviceAccountName=default',
        'spec.containers=1',
      ].map((selector) => `fieldSelector=${encodeURIComponent(selector)}`),
      'pods',
    )
  },
  'field selectors of events know what they are about': async (given) => {
    const involvedObject = { kind: 'Pod', name: 'p', namespace: given.namespace, uid: 'u' }
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e' },
      involvedObject,
      reason: 'Why',
      type: 'Warning',
    }
    const made = await given.admin.post(`${given.core}/events`, event)
    return [
      outcome(made),
      await namesFor(
        given,
        ['involvedObject.uid=u', 'involvedObject.kind=Pod,type=Warning', 'reason!=Why', 'message=x'].map(
          (selector) => `fieldSelector=${encodeURIComponent(selector)}`,
        ),
        'events',
      ),
    ]
  },
  'deletion of a collection takes what its selector says': async (given) => {
    await fill(given, 4)
    const gone = await given.admin.remove(`${given.core}/configmaps?labelSelector=parity%3Dodd`)
    return [gone.status, textAt(gone.body, 'kind') ?? '', await namesFor(given, [''])]
  },
}
