/** One rollout of a Deployment whose pods are ready when it begins. */
export type Rollout = {
  readonly replicas: number
  readonly maxSurge: number | string
  readonly maxUnavailable: number | string
  readonly minReadySeconds: number
  /** What is wrong with the new image, by its tag. A bad one is taken back after its deadline has passed. */
  readonly image: 'good' | 'missing' | 'crash'
}

const dimensions = {
  replicas: [1, 2, 3, 4, 5, 7, 10, 16, 25, 50],
  maxSurge: ['25%', 0, 1, '50%', '100%', 3],
  maxUnavailable: ['25%', 0, 1, '50%', '100%', 2],
  minReadySeconds: [0, 1, 2],
  image: ['good', 'missing', 'crash', 'good'],
} as const

type Name = keyof typeof dimensions
const names = Object.keys(dimensions) as readonly Name[]

/** Every pair of values of two dimensions, as text. */
function pairsOf(rollout: Rollout): readonly string[] {
  return names.flatMap((a, index) =>
    names.slice(index + 1).map((b) => `${a}=${rollout[a]} ${b}=${rollout[b]}`),
  )
}

/** The API refuses a strategy that leaves no room. */
function isRefused({ maxSurge, maxUnavailable }: Rollout): boolean {
  return maxSurge === 0 && maxUnavailable === 0
}

function allRollouts(): readonly Rollout[] {
  return dimensions.replicas.flatMap((replicas) =>
    dimensions.maxSurge.flatMap((maxSurge) =>
      dimensions.maxUnavailable.flatMap((maxUnavailable) =>
        dimensions.minReadySeconds.flatMap((minReadySeconds) =>
          [...new Set(dimensions.image)].map((image) => ({
            replicas,
            maxSurge,
            maxUnavailable,
            minReadySeconds,
            image,
          })),
        ),
      ),
    ),
  )
}

/**
 * So many of all combinations that every two values of two dimensions meet at least once: a fault of rounding or of
 * order shows with two of them together. Chosen greedily and always in the same way.
 */
export function pairwiseRollouts(): readonly Rollout[] {
  const candidates = allRollouts().filter((rollout) => !isRefused(rollout))
  const left = new Set(candidates.flatMap(pairsOf))
  const chosen: Rollout[] = []
  while (left.size > 0) {
    let best: Rollout | undefined
    let most = 0
    // Of equally good ones another is taken each time, so that bad images and waits are spread.
    const from = (chosen.length * 397) % candidates.length
    for (const candidate of [...candidates.slice(from), ...candidates.slice(0, from)]) {
      const gain = pairsOf(candidate).filter((pair) => left.has(pair)).length
      if (gain <= most) continue
      best = candidate
      most = gain
    }
    if (best === undefined) break
    chosen.push(best)
    for (const pair of pairsOf(best)) left.delete(pair)
  }
  return chosen
}

export function titleOf({ replicas, maxSurge, maxUnavailable, minReadySeconds, image }: Rollout): string {
  return `${replicas} replicas, surge ${maxSurge}, unavailable ${maxUnavailable}, ${minReadySeconds} s ready, ${image} image`
}
