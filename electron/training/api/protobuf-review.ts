import type { JsonObject } from '../objects/json.ts'

/** Field number -> what was last said of it. */
type Message = ReadonlyMap<number, Buffer>

/** What the wire says, as far as it is text and messages in them: numbers are passed over. */
function readMessage(bytes: Buffer): Message {
  const fields = new Map<number, Buffer>()
  let position = 0
  function varint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position++] ?? 0
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  while (position < bytes.length) {
    const tag = varint()
    if ((tag & 7) === 0) varint()
    else if ((tag & 7) === 2) {
      const length = varint()
      fields.set(tag >> 3, bytes.subarray(position, position + length))
      position += length
    } else return fields
  }
  return fields
}

const empty = Buffer.alloc(0)

function texts(message: Buffer | undefined, names: readonly string[]): JsonObject | undefined {
  if (message === undefined) return undefined
  const fields = readMessage(message)
  const said = names.map((name, index) => [name, (fields.get(index + 1) ?? empty).toString()] as const)
  return Object.fromEntries(said.filter(([, text]) => text !== ''))
}

const resourceFields = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name']
const magic = 'k8s\0'

/**
 * The reviews about oneself that kubectl sends as protobuf (`auth can-i`, `auth whoami`), as JSON text; undefined
 * for every other object. Shapes: generated.proto of k8s.io/api/authorization/v1.
 */
export function readProtobufReview(body: Buffer): string | undefined {
  if (body.subarray(0, 4).toString('latin1') !== magic) return undefined
  const unknown = readMessage(body.subarray(4))
  const type = texts(unknown.get(1), ['apiVersion', 'kind'])
  const spec = readMessage(unknown.get(2) ?? empty).get(2)
  const fields = readMessage(spec ?? empty)
  switch (type?.['kind']) {
    case 'SelfSubjectAccessReview': {
      const resourceAttributes = texts(fields.get(1), resourceFields)
      const nonResourceAttributes = texts(fields.get(2), ['path', 'verb'])
      const asked = {
        ...(resourceAttributes === undefined ? {} : { resourceAttributes }),
        ...(nonResourceAttributes === undefined ? {} : { nonResourceAttributes }),
      }
      return JSON.stringify({ ...type, spec: asked })
    }
    case 'SelfSubjectRulesReview':
      return JSON.stringify({ ...type, spec: texts(spec, ['namespace']) ?? {} })
    case 'SelfSubjectReview':
      return JSON.stringify(type)
    default:
      return undefined
  }
}
