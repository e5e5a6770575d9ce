import { uid } from '../ids.ts'
import type { Json } from './json.ts'
import { ownRecord } from './own-record.ts'
import type { Condition, Container, FieldWriter, LabelSelector, Meta } from './objects.ts'
import { asObject, flagAt, listAt, numberAt, objectAt, textAt, textsAt, timeAt } from './read-json.ts'

const unused = ['kubectl.kubernetes.io/last-applied-configuration']

/** `metadata` without what nobody here uses; undefined for something that is no object of the cluster. */
export function readMeta(raw: Json): Meta | undefined {
  const meta = objectAt(raw, 'metadata')
  const name = textAt(meta, 'name')
  if (name === '') return undefined
  const deletingSince = timeAt(meta, 'deletionTimestamp')
  const owner = listAt(meta, 'ownerReferences').find((one) => flagAt(one, 'controller'))
  const annotations = textsAt(meta, 'annotations')
  return {
    name,
    namespace: textAt(meta, 'namespace'),
    uid: uid(textAt(meta, 'uid')),
    resourceVersion: textAt(meta, 'resourceVersion'),
    generation: numberAt(meta, 'generation'),
    labels: textsAt(meta, 'labels'),
    annotations: ownRecord(Object.entries(annotations).filter(([key]) => !unused.includes(key))),
    createdAt: timeAt(meta, 'creationTimestamp'),
    ...(deletingSince > 0 && { deletingSince }),
    ...(owner !== undefined && {
      controller: {
        kind: textAt(owner, 'kind'),
        name: textAt(owner, 'name'),
        uid: uid(textAt(owner, 'uid')),
      },
    }),
  }
}

export function readSelector(raw: Json | undefined): LabelSelector {
  return {
    matchLabels: textsAt(raw, 'matchLabels'),
    matchExpressions: listAt(raw, 'matchExpressions').map((one) => ({
      key: textAt(one, 'key'),
      operator: textAt(one, 'operator'),
      values: listAt(one, 'values').filter((value) => typeof value === 'string'),
    })),
  }
}

export function readContainers(template: Json | undefined): readonly Container[] {
  const spec = objectAt(template, 'spec')
  const read =
    (init: boolean) =>
    (raw: Json): Container => ({
      name: textAt(raw, 'name'),
      image: textAt(raw, 'image'),
      init,
      hasReadinessProbe: 'readinessProbe' in asObject(raw),
      imagePullPolicy: textAt(raw, 'imagePullPolicy'),
    })
  return [...listAt(spec, 'containers').map(read(false)), ...listAt(spec, 'initContainers').map(read(true))]
}

export function readConditions(status: Json | undefined): readonly Condition[] {
  return listAt(status, 'conditions').map((raw) => ({
    type: textAt(raw, 'type'),
    status: textAt(raw, 'status'),
    reason: textAt(raw, 'reason'),
    message: textAt(raw, 'message'),
    updatedAt: timeAt(raw, 'lastUpdateTime') || timeAt(raw, 'lastTransitionTime'),
  }))
}

/** Who last wrote image, replicas, template and paused: read before managedFields are dropped. */
export function readWriters(raw: Json): readonly FieldWriter[] {
  return listAt(objectAt(raw, 'metadata'), 'managedFields').flatMap((entry): readonly FieldWriter[] => {
    // Through the scale, a size is written as well: the server says by whom, though not when.
    if (!['', 'scale'].includes(textAt(entry, 'subresource'))) return []
    const spec = objectAt(objectAt(entry, 'fieldsV1'), 'f:spec')
    const fields: FieldWriter['field'][] = []
    if ('f:replicas' in spec) fields.push('replicas')
    if ('f:paused' in spec) fields.push('paused')
    if ('f:template' in spec) {
      fields.push('template')
      const containers = objectAt(objectAt(objectAt(spec, 'f:template'), 'f:spec'), 'f:containers')
      if (Object.values(containers).some((one) => 'f:image' in asObject(one))) fields.push('image')
    }
    return fields.map((field) => ({ field, manager: textAt(entry, 'manager'), at: timeAt(entry, 'time') }))
  })
}
