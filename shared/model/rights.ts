/** What may be done in a namespace, and what somebody with the right to do so has to grant for the rest. */
export type RightsReport = {
  readonly rights: readonly {
    readonly for: 'see' | 'see-lock' | 'release' | 'history' | 'logs'
    readonly verb: string
    readonly group: string
    readonly resource: string
    readonly subresource?: string
    readonly allowed: boolean
  }[]
  /** Role and RoleBinding with exactly what is missing; none if nothing is. */
  readonly role?: string
}
