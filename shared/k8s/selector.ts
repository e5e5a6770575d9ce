import type { LabelSelector } from './objects.ts'

type Labels = Readonly<Record<string, string>>

/** A Service's selector. One without labels selects nothing: such a Service has endpoints of its own making. */
export function selects(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

export function matches(selector: LabelSelector, labels: Labels): boolean {
  const equal = Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value)
  return (
    equal &&
    selector.matchExpressions.every(({ key, operator, values }) => {
      const found = labels[key]
      switch (operator) {
        case 'In':
          return found !== undefined && values.includes(found)
        case 'NotIn':
          return found === undefined || !values.includes(found)
        case 'Exists':
          return found !== undefined
        case 'DoesNotExist':
          return found === undefined
        default:
          return false
      }
    })
  )
}

export function sameSelector(a: LabelSelector, b: LabelSelector): boolean {
  const text = (selector: LabelSelector): string =>
    JSON.stringify([Object.entries(selector.matchLabels).sort(), selector.matchExpressions])
  return text(a) === text(b)
}
