import type { Fault } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import { numberAt, objectAt, textAt, textsAt } from '../../../shared/k8s/read-json.ts'
import { faultOfStatus, parseBody } from '../dial/status-fault.ts'

/** One line of a watch. */
export type WatchLine =
  | { readonly kind: 'put' | 'remove'; readonly object: Json; readonly version: string }
  /** `initialEnd`: everything that existed has been sent. */
  | { readonly kind: 'bookmark'; readonly version: string; readonly initialEnd: boolean }
  /** Only a new list helps: the version is gone, or the line can't be read and may have hidden anything. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'error'; readonly fault: Fault }

export function readWatchLine(line: string): WatchLine {
  const event = parseBody(line)
  if (event === undefined) return { kind: 'expired' }
  const object = objectAt(event, 'object')
  const metadata = objectAt(object, 'metadata')
  const version = textAt(metadata, 'resourceVersion')
  switch (textAt(event, 'type')) {
    case 'ADDED':
    case 'MODIFIED':
      return { kind: 'put', object, version }
    case 'DELETED':
      return { kind: 'remove', object, version }
    case 'BOOKMARK':
      return {
        kind: 'bookmark',
        version,
        initialEnd: textsAt(metadata, 'annotations')['k8s.io/initial-events-end'] === 'true',
      }
    case 'ERROR': {
      // The same Status as an answer would have: a version from the future comes this way, too.
      const fault = faultOfStatus(numberAt(object, 'code', 500), object, undefined)
      return fault.code === 'expired' ? { kind: 'expired' } : { kind: 'error', fault }
    }
    default:
      return { kind: 'expired' }
  }
}
