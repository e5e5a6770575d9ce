import { readFileSync } from 'node:fs'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Material } from './connection-spec.ts'

/** PEM or token text, from the kubeconfig itself or from the file that it names: read anew each time. */
export function readText(material: Material): Reply<string> {
  if (material.kind === 'text') return ok(material.pem)
  try {
    return ok(readFileSync(material.path, 'utf8'))
  } catch {
    return failed('kubeconfig', `The file ${material.path}, which the kubeconfig names, could not be read.`)
  }
}
