import { textAt, type Json, type JsonObject } from '../../../electron/training/objects/json.ts'
import type { KubeClient, WatchLine } from '../../support/kube-client.ts'
import { shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap } from './objects.ts'

/** A watch that is read until the line that `isLast` accepts, or until the server ends it. */
async function read(
  client: KubeClient,
  path: string,
  isLast: (line: WatchLine) => boolean = () => false,
): Promise<WatchLine[]> {
  const ending = new AbortController()
  const lines: WatchLine[] = []
  for await (const line of client.watch(path, ending.signal)) {
    lines.push(line)
    if (isLast(line)) {
      ending.abort()
      break
    }
  }
  return lines
}

function brief(line: WatchLine): Json {
  const name = textAt(line.object, 'metadata', 'name')
  return name === undefined ? { type: line.type, object: line.object } : [line.type, name]
}

function briefs(lines: readonly WatchLine[]): Json {
  return lines.map(brief)
}

const named = (name: string) => (line: WatchLine) => textAt(line.object, 'metadata', 'name') === name

async function versionOf({ admin, core }: Given): Promise<string> {
  return textAt((await admin.get(`${core}/configmaps`)).body, 'metadata', 'resourceVersion') ?? ''
}

const streaming = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'

export const watching: Cases = {
  'a watch from a version tells what came after it, with kind and version': async (given) => {
    const { admin, core } = given
    await admin.post(`${core}/configmaps`, configMap('before'))
    const version = await versionOf(given)
    await admin.post(`${core}/configmaps`, configMap('one'))
    await admin.patch(`${core}/configmaps/one`, 'merge', { data: { key: 'other' } })
    await admin.remove(`${core}/configmaps/one`)
    await admin.post(`${core}/configmaps`, configMap('last'))
    const lines = await read(admin, `${core}/configmaps?watch=1&resourceVersion=${version}`, named('last'))
    const deleted = lines.find((line) => line.type === 'DELETED')
    const modified = lines.find((line) => line.type === 'MODIFIED')
    const versionIn = (line: WatchLine | undefined) =>
      Number(textAt(line?.object ?? {}, 'metadata', 'resourceVersion'))
    return [lines.slice(0, 3), briefs(lines), versionIn(deleted) > versionIn(modified)]
  },
  'a watch without a version begins with all that is there': async ({ admin, core }) => {
    for (const name of ['a', 'b']) await admin.post(`${core}/configmaps`, configMap(name))
    const lines = await read(admin, `${core}/configmaps?watch=true&timeoutSeconds=1`)
    return [...lines.map((line) => JSON.stringify(brief(line)))].sort()
  },
  'a watch from version 0 begins with all that is there': async ({ admin, core }) => {
    for (const name of ['a', 'b']) await admin.post(`${core}/configmaps`, configMap(name))
    const lines = await read(admin, `${core}/configmaps?watch=1&resourceVersion=0&timeoutSeconds=1`)
    return [...lines.map((line) => JSON.stringify(brief(line)))].sort()
  },
  'watch may be said as 1, true, or by an empty word; other words are refused': async ({ admin, core }) => {
    const seen: Record<string, Json> = {}
    for (const word of ['1', 'true', 'True', 't', 'yes', '0', 'false']) {
      const { status, text } = await admin.get(`${core}/configmaps?watch=${word}&timeoutSeconds=1`)
      seen[word] = [status, text.includes('ConfigMapList') ? 'a list' : text]
    }
    return seen
  },
  'bookmarks come before the end of a watch that wants them': async (given) => {
    const version = await versionOf(given)
    const lines = await read(
      given.admin,
      `${given.core}/configmaps?watch=1&resourceVersion=${version}&timeoutSeconds=6&allowWatchBookmarks=true`,
    )
    return [
      lines.length > 0,
      [
        ...new Set(
          lines.map((line) =>
            JSON.stringify({
              type: line.type,
              kind: line.object['kind'],
              keys: Object.keys(line.object).sort(),
              metadata: Object.keys(line.object['metadata'] as JsonObject).sort(),
            }),
          ),
        ),
      ],
    ]
  },
  'no bookmarks come to a watch that does not want them': async (given) => {
    const version = await versionOf(given)
    return briefs(
      await read(given.admin, `${given.core}/configmaps?watch=1&resourceVersion=${version}&timeoutSeconds=2`),
    )
  },
  'a streaming list ends with a mark': async ({ admin, core }) => {
    for (const name of ['a', 'b']) await admin.post(`${core}/configmaps`, configMap(name))
    const lines = await read(admin, `${core}/configmaps?${streaming}`, (line) => line.type === 'BOOKMARK')
    const mark = lines.at(-1)
    return [
      lines
        .slice(0, -1)
        .map((line) => JSON.stringify(brief(line)))
        .sort(),
      mark as unknown as Json,
    ]
  },
  'a streaming list of nothing is a mark alone, and goes on': async ({ admin, core }) => {
    const ending = new AbortController()
    const lines: WatchLine[] = []
    for await (const line of admin.watch(`${core}/configmaps?${streaming}&resourceVersion=`, ending.signal)) {
      lines.push(line)
      if (line.type === 'BOOKMARK') await admin.post(`${core}/configmaps`, configMap('later'))
      else break
    }
    ending.abort()
    return lines
  },
  'without bookmarks the end mark of a streaming list never comes': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, configMap('a'))
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=2'
    return briefs(await read(admin, `${core}/configmaps?${query}`))
  },
  'a streaming list that is asked for wrongly is 422': async ({ admin, core }) => {
    const seen: Record<string, Json> = {}
    for (const query of [
      'watch=1&sendInitialEvents=true',
      'watch=1&sendInitialEvents=true&resourceVersionMatch=Exact&resourceVersion=5',
      'watch=1&sendInitialEvents=false',
      'watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=0',
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
    ])
      seen[query] = shown(await admin.get(`${core}/configmaps?${query}&timeoutSeconds=1`))
    return seen
  },
  'what enters a selection is added, what leaves it is deleted': async (given) => {
    const { admin, core } = given
    const version = await versionOf(given)
    const label = (name: string, color: string | null) =>
      admin.patch(`${core}/configmaps/${name}`, 'merge', { metadata: { labels: { color } } })
    await admin.post(`${core}/configmaps`, configMap('one'))
    await label('one', 'red')
    await label('one', 'blue')
    await label('one', 'red')
    await admin.patch(`${core}/configmaps/one`, 'merge', { data: { key: 'new' } })
    await label('one', null)
    await label('one', 'red')
    await admin.remove(`${core}/configmaps/one`)
    await admin.post(`${core}/configmaps`, configMap('last', { labels: { color: 'red' } }))
    const lines = await read(
      admin,
      `${core}/configmaps?watch=1&labelSelector=color%3Dred&resourceVersion=${version}`,
      named('last'),
    )
    return lines.map((line) => [line.type, textAt(line.object, 'metadata', 'labels', 'color') ?? null])
  },
  'a watch of one name sees that object only': async (given) => {
    const { admin, core } = given
    const version = await versionOf(given)
    for (const name of ['one', 'two']) await admin.post(`${core}/configmaps`, configMap(name))
    await admin.remove(`${core}/configmaps/two`)
    const query = `watch=1&resourceVersion=${version}&timeoutSeconds=1`
    return [
      briefs(await read(admin, `${core}/configmaps?fieldSelector=metadata.name%3Dtwo&${query}`)),
      shown(await admin.get(`${core}/configmaps/one?${query}`)),
    ]
  },
  'a watch with a selector that cannot be read is refused before it begins': async ({ admin, core }) =>
    shown(await admin.get(`${core}/configmaps?watch=1&labelSelector=a%20b&timeoutSeconds=1`)),
  'a watch from a version that the server has not reached waits for it, then is told': async ({
    admin,
    core,
  }) => {
    const answer = await admin.get(`${core}/configmaps?watch=1&resourceVersion=9000000000&timeoutSeconds=4`)
    return [
      answer.status,
      answer.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Json),
    ]
  },
  'an ended watch ends cleanly at its time': async (given) => {
    const version = await versionOf(given)
    const answer = await given.admin.get(
      `${given.core}/configmaps?watch=1&resourceVersion=${version}&timeoutSeconds=1`,
    )
    return [answer.status, answer.headers.get('content-type'), answer.text]
  },
}

/** These change the cluster for all others, and so come last. */
export const forgetting: Cases = {
  'a page token from before the history was cut gets 410 and a token to go on with': async ({
    target,
    admin,
    core,
  }) => {
    for (const name of ['a', 'b', 'c']) await admin.post(`${core}/configmaps`, configMap(name))
    const page = await admin.get(`${core}/configmaps?limit=1`)
    const token = encodeURIComponent(textAt(page.body, 'metadata', 'continue') ?? '')
    await admin.remove(`${core}/configmaps/b`)
    await target.compact()
    const until = Date.now() + 30_000
    let answer = await admin.get(`${core}/configmaps?limit=1&continue=${token}`)
    // A real server drops the snapshots of its cache some seconds after etcd has forgotten.
    while (answer.status === 200 && Date.now() < until)
      answer = await admin.get(`${core}/configmaps?limit=1&continue=${token}`)
    const next = encodeURIComponent(textAt(answer.body, 'metadata', 'continue') ?? '')
    const rest = await admin.get(`${core}/configmaps?limit=5&continue=${next}`)
    return [
      shown(answer),
      rest.status,
      (rest.body['items'] as readonly Json[]).map((item) => textAt(item, 'metadata', 'name') ?? ''),
    ]
  },
  'an exact version from before the history was cut gets 410': async (given) => {
    const { target, admin, core } = given
    const version = await versionOf(given)
    await admin.post(`${core}/configmaps`, configMap('a'))
    await target.compact()
    const path = `${core}/configmaps?resourceVersion=${version}&resourceVersionMatch=Exact`
    const until = Date.now() + 30_000
    let answer = await admin.get(path)
    while (answer.status === 200 && Date.now() < until) answer = await admin.get(path)
    return shown(answer)
  },
  'a watch from a version that is forgotten is an answer of 200 with one error, 410': async (given) => {
    const { target, admin, core } = given
    const version = await versionOf(given)
    await admin.post(`${core}/configmaps`, configMap('a'))
    await target.forgetWatches()
    const answer = await admin.get(`${core}/configmaps?watch=1&resourceVersion=${version}&timeoutSeconds=2`)
    return [
      answer.status,
      answer.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Json),
    ]
  },
}
