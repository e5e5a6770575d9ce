import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Material } from './connection-spec.ts'
import type { ForeignFiles } from './foreign-files.ts'
import { unread, type Unread } from './read-regular-file.ts'

/** A bundle of all the authorities of the world takes a quarter of it. */
const mostBytes = 1024 * 1024

/** PEM or token text, from the kubeconfig itself or from the file that it names: read anew each time. */
export async function readText(material: Material, files: ForeignFiles): Promise<Reply<string>> {
  if (material.kind === 'text') return ok(material.pem)
  const read = await files.read(material.path, mostBytes)
  if (read.ok) return ok(read.bytes.toString('utf8'))
  return failed('kubeconfig', notRead[read.why.kind](material.path))
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
  return why === undefined ? ok(null) : failed('kubeconfig', notRead[why.kind](material.path))
}

const notRead: Readonly<Record<Unread['kind'], (path: string) => string>> = {
  missing: (path) => `The file ${path}, which the kubeconfig names, is not there.`,
  denied: (path) => `The file ${path}, which the kubeconfig names, may not be read by you.`,
  folder: (path) => `The file ${path}, which the kubeconfig names, is a folder.`,
  'not-a-file': (path) =>
    `The file ${path}, which the kubeconfig names, is a pipe, a socket or a device, and no file.`,
  'too-large': (path) => `The file ${path}, which the kubeconfig names, is larger than 1 MiB.`,
  late: (path) =>
    `The file ${path}, which the kubeconfig names, does not answer: it may lie on a network drive that is gone.`,
  failed: (path) => `The file ${path}, which the kubeconfig names, could not be read.`,
}
