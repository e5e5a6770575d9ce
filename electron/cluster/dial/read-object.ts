import type { ObjectProblem } from '../../../shared/fault-sentences/connection-sentence.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import { impossible } from '../../../shared/k8s/facts.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import { kindTable } from '../../../shared/k8s/kinds.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { objectAt, textAt } from '../../../shared/k8s/read-json.ts'

/**
 * The door for objects of a cluster: what is none is refused with what is wrong with it. Left out instead, the rest would
 * be counted as if it were all.
 */
export function readObject<K extends KindName>(kind: K, raw: Json): Reply<Kinds[K]> {
  const why = impossible(kind, raw)
  if (why !== undefined) return refusal(kind, raw, why)
  const object = kindTable[kind].read(raw)
  return object === undefined ? refusal(kind, raw, { kind: 'object-unreadable' }) : ok(object)
}

function refusal(kind: KindName, raw: Json, problem: ObjectProblem): Reply<never> {
  const metadata = objectAt(raw, 'metadata')
  const name = [textAt(metadata, 'namespace'), textAt(metadata, 'name')]
    .filter((part) => part !== '')
    .join('/')
  return failed('bad-answer', { kind: 'impossible-object', of: kind, name: name.slice(0, 300), problem })
}
