import { listAt, textAt, type JsonObject } from '../objects/json.ts'
import type { RequestInfo } from './request-info.ts'
import { good, invalidOptions, refuse, type Cause, type Result } from '../objects/status-error.ts'

const optionKinds: Readonly<Record<string, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
  deletecollection: 'DeleteOptions',
}

function quoted(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}

function unsupported(field: string, value: string, supported: readonly string[]): Cause {
  const message = `Unsupported value: ${value}: supported values: ${quoted(supported)}`
  return { reason: 'FieldValueNotSupported', field, message }
}

function wrongManager(info: RequestInfo, isApply: boolean): readonly Cause[] {
  const manager = info.query.get('fieldManager') ?? ''
  const field = 'fieldManager'
  if (isApply && manager === '')
    return [{ reason: 'FieldValueRequired', field, message: 'Required value: is required for apply patch' }]
  if (manager.length > 128)
    return [{ reason: 'FieldValueTooLong', field, message: 'Too long: may not be more than 128 bytes' }]
  const position = manager.search(/\p{Cc}/u)
  if (position < 0) return []
  const hex = (letter: string, digits: number) => letter.charCodeAt(0).toString(16).padStart(digits, '0')
  const shown = manager.replaceAll(/\p{Cc}/gu, (letter) => `\\x${hex(letter, 2)}`)
  const code = hex(manager.charAt(position), 4).toUpperCase()
  const message = `Invalid value: "${shown}": invalid character U+${code} (at position ${position})`
  return [{ reason: 'FieldValueInvalid', field, message }]
}

function wrongDeletion(info: RequestInfo, body: JsonObject): readonly Cause[] {
  const field = 'propagationPolicy'
  const policy = textAt(body, field) ?? info.query.get(field) ?? ''
  const supported = ['Foreground', 'Background', 'Orphan']
  if (policy !== '' && body['orphanDependents'] !== undefined) {
    const message = `Invalid value: "${policy}": orphanDependents and deletionPropagation cannot be both set`
    return [{ reason: 'FieldValueInvalid', field, message }]
  }
  return policy === '' || supported.includes(policy)
    ? []
    : [unsupported(field, JSON.stringify(policy), [...supported, 'nil'])]
}

/** What is wrong with the options of a write, in the query or in the body of a deletion. */
export function checkWriteOptions(
  info: RequestInfo,
  body: JsonObject,
  contentType: string,
): Result<undefined> {
  const kind = optionKinds[info.verb]
  if (kind === undefined) return good(undefined)
  const isDeletion = kind === 'DeleteOptions'
  const isApply = contentType.endsWith('+yaml')
  const dryRun = [...info.query.getAll('dryRun'), ...(isDeletion ? listAt(body, 'dryRun') : [])]
  const validation = info.query.get('fieldValidation') ?? ''
  const modes = ['', 'Ignore', 'Strict', 'Warn']
  const causes: readonly Cause[] = [
    ...(isDeletion ? wrongDeletion(info, body) : wrongManager(info, isApply)),
    ...(info.verb === 'patch' && !isApply && info.query.has('force')
      ? [
          {
            reason: 'FieldValueForbidden',
            field: 'force',
            message: 'Forbidden: may not be specified for non-apply patch',
          },
        ]
      : []),
    ...(dryRun.some((value) => value !== 'All')
      ? [unsupported('dryRun', JSON.stringify(dryRun), ['All'])]
      : []),
    ...(isDeletion || modes.includes(validation)
      ? []
      : [unsupported('fieldValidation', JSON.stringify(validation), modes)]),
  ]
  return causes.length === 0 ? good(undefined) : refuse(invalidOptions(kind, causes))
}

const matches = ['Exact', 'NotOlderThan', '']

/** What is wrong with the options of a list or watch. */
export function checkListOptions(info: RequestInfo, hasStreamingLists: boolean): Result<undefined> {
  const { query } = info
  const isWatch = info.verb === 'watch'
  const match = query.get('resourceVersionMatch') ?? ''
  const version = query.get('resourceVersion') ?? ''
  const streams = query.get('sendInitialEvents')
  const field = 'resourceVersionMatch'
  const forbidden = (message: string, where = field): Cause => ({
    reason: 'FieldValueForbidden',
    field: where,
    message: `Forbidden: ${message}`,
  })
  const causes: Cause[] = []
  if (isWatch) {
    if (streams !== null && !hasStreamingLists) {
      const why = 'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled'
      return refuse(invalidOptions('ListOptions', [forbidden(why, 'sendInitialEvents')]))
    }
    if (streams === null && match !== '')
      causes.push(
        forbidden('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
      )
    if (streams !== null && match !== 'NotOlderThan') {
      causes.push(forbidden('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'))
      if (match !== '') causes.push(unsupported(field, JSON.stringify(match), ['NotOlderThan']))
    }
  } else {
    if (match !== '' && version === '')
      causes.push(forbidden('resourceVersionMatch is forbidden unless resourceVersion is provided'))
    if (match !== '' && query.get('continue'))
      causes.push(forbidden('resourceVersionMatch is forbidden when continue is provided'))
    if (!matches.includes(match)) causes.push(unsupported(field, JSON.stringify(match), matches))
    if (match === 'Exact' && version === '0')
      causes.push(forbidden('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
    if (streams !== null)
      causes.push(forbidden('sendInitialEvents is forbidden for list', 'sendInitialEvents'))
  }
  return causes.length === 0 ? good(undefined) : refuse(invalidOptions('ListOptions', causes))
}
