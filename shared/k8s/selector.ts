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

/** Whether both take the same pods for the same reasons: neither the order nor the way of writing matters. */
export function sameSelector(a: LabelSelector, b: LabelSelector): boolean {
  const [one, other] = [requirements(a), requirements(b)]
  return one.length === other.length && one.every((requirement, index) => requirement === other[index])
}

/** A label to be equal to is one value to be in, as LabelSelectorAsSelector reads it (apimachinery/pkg/apis/meta/v1). */
function requirements({ matchLabels, matchExpressions }: LabelSelector): readonly string[] {
  const labels = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }))
  const texts = [...labels, ...matchExpressions].map(({ key, operator, values }) =>
    JSON.stringify([key, operator, [...new Set(values)].toSorted()]),
  )
  return [...new Set(texts)].toSorted()
}
