declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** One context of one kubeconfig file. Opaque: never derived from, or shown as, the context's name. */
export type ConnectionId = Branded<'ConnectionId'>
export type ReleaseId = Branded<'ReleaseId'>
/** `metadata.uid` of a cluster object: the only identity that survives delete and create under one name. */
export type Uid = Branded<'Uid'>

export function connectionId(text: string): ConnectionId {
  return text as ConnectionId
}
export function releaseId(text: string): ReleaseId {
  return text as ReleaseId
}
export function uid(text: string): Uid {
  return text as Uid
}
