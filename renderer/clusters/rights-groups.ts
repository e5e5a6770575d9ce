import type { RightsReport } from '../../shared/model/rights.ts'

type Review = RightsReport['rights'][number]

export type RightsGroupView = {
  readonly for: Review['for']
  /** Only with all of its rights is it possible. */
  readonly possible: boolean
  readonly rights: readonly {
    readonly verb: string
    /** `deployments.apps`, `pods/log`: as kubectl names them. */
    readonly resource: string
    readonly allowed: boolean
  }[]
}

const order: readonly Review['for'][] = ['see', 'see-lock', 'release', 'history', 'logs']

/** Rights by what they are needed for. */
export function rightsGroups({ rights }: RightsReport): readonly RightsGroupView[] {
  return order.map((purpose) => {
    const own = rights.filter((one) => one.for === purpose)
    return {
      for: purpose,
      possible: own.every((one) => one.allowed),
      rights: own.map(({ verb, group, resource, subresource, allowed }) => ({
        verb,
        resource: `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`,
        allowed,
      })),
    }
  })
}
