import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Material } from './connection-spec.ts'
import { readRegularFile, type Unread } from './read-regular-file.ts'

/** A bundle of all the authorities of the world takes a quarter of it. */
const mostBytes = 1024 * 1024

/** PEM or token text, from the kubeconfig itself or from the file that it names: read anew each time. */
export function readText(material: Material): Reply<string> {
  if (material.kind === 'text') return ok(material.pem)
  const read = readRegularFile(material.path, mostBytes)
  if (read.ok) return ok(read.bytes.toString('utf8'))
  return failed(
    'kubeconfig',
    `The file ${material.path}, which the kubeconfig names, ${problems[read.why.kind]}.`,
  )
}

const problems: Readonly<Record<Unread['kind'], string>> = {
  missing: 'is not there',
  denied: 'may not be read by you',
  folder: 'is a folder',
  'not-a-file': 'is a pipe, a socket or a device, and no file',
  'too-large': 'is larger than 1 MiB',
  failed: 'could not be read',
}
