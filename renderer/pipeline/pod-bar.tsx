import { memo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { PodShape, type PodShapeKind } from '../parts/pod-shape.tsx'
import type { PodCounts } from './pod-counts.ts'

const kinds: readonly (readonly [letter: keyof PodCounts, kind: PodShapeKind])[] = [
  ['n', 'new'],
  ['s', 'starting'],
  ['f', 'failing'],
  ['x', 'failing-old'],
  ['o', 'old'],
  ['e', 'ending'],
]

/** Too many pods for dots: a bar with a count for each state. */
export const PodBar = memo(function PodBar({ pods }: { readonly pods: PodCounts }) {
  const { pipeline } = useWords()
  const counts = kinds
    .map(([letter, kind]) => ({ kind, count: pods[letter] }))
    .filter(({ count }) => count > 0)
  return (
    <>
      <div className="pod-bar" aria-hidden="true">
        {counts
          .filter(({ kind }) => kind !== 'ending')
          .map(({ kind, count }) => (
            <i key={kind} className={`segment-part is-${kind}`} style={{ flexGrow: count }} />
          ))}
      </div>
      <ul className="pod-counts">
        {counts.map(({ kind, count }) => (
          <li key={kind}>
            <PodShape kind={kind} />
            <b>{count}</b> {pipeline.podState[kind]}
          </li>
        ))}
      </ul>
    </>
  )
})
