import type { ServiceRow } from '../../shared/view/service-row.ts'
import { assertNever } from '../../shared/assert-never.ts'

export type ServiceGroups = {
  readonly failing: readonly ServiceRow[]
  readonly inRelease: readonly ServiceRow[]
  readonly ready: readonly ServiceRow[]
  readonly empty: readonly ServiceRow[]
}

/** Services by what they ask of a person: those that fail first, then in release, then ready, then those without a Deployment. */
export function groupServices(rows: readonly ServiceRow[], filter: string): ServiceGroups {
  const wanted = filter.trim().toLocaleLowerCase('en')
  const found = rows
    .filter((row) => row.name.toLocaleLowerCase('en').includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  return {
    failing: found.filter((row) => groupOf(row) === 'failing'),
    inRelease: found.filter((row) => groupOf(row) === 'inRelease'),
    ready: found.filter((row) => groupOf(row) === 'ready'),
    empty: found.filter((row) => groupOf(row) === 'empty'),
  }
}

function groupOf(row: ServiceRow): keyof ServiceGroups {
  switch (row.state) {
    case 'incident':
      return 'failing'
    case 'rolling':
    case 'baking':
    case 'approval':
    case 'paused':
    case 'failing':
    case 'rolling-back':
      return 'inRelease'
    case 'ready':
    case 'unhealthy':
      return 'ready'
    case 'empty':
      return 'empty'
    default:
      return assertNever(row.state)
  }
}
