import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Json } from '../../electron/training/objects/json.ts'
import type { KubeClient } from '../support/kube-client.ts'
import { normalise } from './normalise.ts'
import type { Target } from './targets/target.ts'

export type Given = {
  readonly target: Target
  readonly admin: KubeClient
  readonly viewer: KubeClient
  readonly partial: KubeClient
  /** A namespace of the case's own; its name follows from the case's. */
  readonly namespace: string
  /** `/api/v1/namespaces/NAMESPACE` and `/apis/apps/v1/namespaces/NAMESPACE`. */
  readonly core: string
  readonly apps: string
}

/** Does something to a cluster and gives what was seen. It fails when that is not what a real server showed. */
type Case = (given: Given) => Promise<Json>

/** Sentence -> case. */
export type Cases = Readonly<Record<string, Case>>

export type CaseRun = {
  /** Names the file with the answers of a real server. */
  readonly topic: string
  readonly cases: Cases
  readonly target: () => Target
  /** Sentence -> why this target is not asked. */
  readonly skip?: Readonly<Record<string, string>>
}

type Recorded = Readonly<Record<string, Json>>

/** `RECORD=1 npm run test:controlplane` writes anew what the real server answers. */
const recording = process.env['RECORD'] === '1'

function recordedPath(topic: string): string {
  return join(import.meta.dirname, 'recorded', `${topic}.json`)
}

function readRecorded(topic: string): Recorded {
  const path = recordedPath(topic)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recorded) : {}
}

function record(topic: string, sentence: string, seen: Json): void {
  const path = recordedPath(topic)
  mkdirSync(dirname(path), { recursive: true })
  const all = { ...readRecorded(topic), [sentence]: seen }
  writeFileSync(path, `${JSON.stringify(all, null, 1)}\n`)
}

function namespaceOf(sentence: string): string {
  const words = sentence.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, 50).replace(/^-|-$/g, '')
}

async function prepare(target: Target, sentence: string): Promise<Given> {
  const namespace = namespaceOf(sentence)
  const admin = target.client('admin')
  const made = await admin.post('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  })
  if (made.status !== 201) throw new Error(`namespace ${namespace}: ${made.text}`)
  return {
    target,
    admin,
    viewer: target.client('viewer'),
    partial: target.client('partial'),
    namespace,
    core: `/api/v1/namespaces/${namespace}`,
    apps: `/apis/apps/v1/namespaces/${namespace}`,
  }
}

/** One test for each case: what it sees must be what a real server showed when the answers were recorded. */
export function runCases({ topic, cases, target, skip = {} }: CaseRun): void {
  const unknown = Object.keys(skip).filter((sentence) => !(sentence in cases))
  if (unknown.length > 0) throw new Error(`skipped, but there is no such case: ${unknown.join('; ')}`)
  const recorded = readRecorded(topic)
  for (const [sentence, run] of Object.entries(cases)) {
    const reason = skip[sentence]
    if (reason !== undefined) {
      test.skip(`${sentence} (not here: ${reason})`, () => undefined)
      continue
    }
    test(sentence, { timeout: 60_000 }, async () => {
      const given = await prepare(target(), sentence)
      const seen = normalise(await run(given))
      if (recording && given.target.kind === 'real') record(topic, sentence, seen)
      else expect(seen).toEqual(recorded[sentence])
    })
  }
  test(`every recorded answer about ${topic} belongs to a case`, () => {
    expect(Object.keys(recorded).filter((sentence) => !(sentence in cases))).toEqual([])
  })
}
