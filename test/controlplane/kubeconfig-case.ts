import { relative } from 'node:path'
import type { Authority } from '../support/certificates.ts'
import { kubeconfigText, type Home } from '../support/kubeconfig-home.ts'
import type { PluginFolder } from '../support/plugin-folder.ts'
import type { Environment } from './beside-kubectl.ts'
import type { RunningControlPlane } from './start-control-plane.ts'

/** What a case is arranged from: a real control plane, and a home folder of its own. */
export type Given = {
  readonly plane: RunningControlPlane
  readonly port: number
  /** Whose client certificates the API server takes. */
  readonly people: Authority
  /** Whom nobody knows. */
  readonly stranger: Authority
  readonly home: Home
  readonly plugins: PluginFolder
  /** Closes it at the end of the case. */
  readonly keep: <T extends { close(): Promise<void> }>(one: T) => T
}

export type Arranged = Omit<Environment, 'home'> & {
  /** What else has to hold after both have asked. */
  readonly check?: () => void | Promise<void>
}

/** One environment in which kubectl and Tranche have to come to the same. */
export type KubeconfigCase = {
  /** A sentence about the environment. */
  readonly title: string
  /** Name of the user that the server sees, or the code of the fault for which there is none. */
  readonly ends: string
  /** Not said where they are no more than what kubectl lists. */
  readonly contexts?: readonly string[]
  readonly arrange: (given: Given) => Arranged | Promise<Arranged>
  /** Where the two differ on purpose; the title says in what. */
  readonly kubectl?: { readonly ends?: string; readonly contexts?: readonly string[] }
}

type Fields = Readonly<Record<string, unknown>>

/** A kubeconfig of one context for the control plane; what a case is about it says itself. */
export function textFor(
  { plane }: Given,
  parts: Parameters<typeof kubeconfigText>[0] & { readonly cluster?: Fields } = {},
): string {
  const cluster = { server: plane.server, 'certificate-authority-data': base64(plane.ca), ...parts.cluster }
  return kubeconfigText({ user: { token: plane.tokens.viewer }, ...parts, cluster })
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** The path as somebody types it who stands where this process does. */
export function fromHere(path: string): string {
  return relative(process.cwd(), path)
}

/** What kubectl makes of a file that it can't read as a whole. */
export const readsNothing = { ends: 'kubeconfig', contexts: [] } as const
