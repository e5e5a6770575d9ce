import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Material } from './connection-spec.ts'
import type { ForeignFiles } from './foreign-files.ts'
import { unread } from './read-regular-file.ts'

/** A bundle of all the authorities of the world takes a quarter of it. */
const mostBytes = 1024 * 1024

/** PEM or token text, from the kubeconfig itself or from the file that it names: read anew each time. */
export async function readText(material: Material, files: ForeignFiles): Promise<Reply<string>> {
  if (material.kind === 'text') return ok(material.pem)
  const read = await files.read(material.path, mostBytes)
  if (read.ok) return ok(read.bytes.toString('utf8'))
  return failed('kubeconfig', { kind: 'named-file', path: material.path, which: read.why.kind })
}

/** What it is, told without reading it: so little may be done before anybody has asked for a connection. */
export async function lookAtText(material: Material, files: ForeignFiles): Promise<Reply<null>> {
  if (material.kind === 'text') return ok(null)
  const found = await files.look(material.path)
  const why =
    found.kind === 'unread'
      ? found.why
      : found.kind === 'folder'
        ? unread('folder')
        : found.size > mostBytes
          ? unread('too-large')
          : undefined
  return why === undefined
    ? ok(null)
    : failed('kubeconfig', { kind: 'named-file', path: material.path, which: why.kind })
}
