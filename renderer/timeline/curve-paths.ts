import type { CurveSample } from '../../shared/view/curve-series.ts'

/** In these units; the drawing is stretched to its place. */
export const curveBox = { width: 100, height: 24 }
const edge = 2

/** One line per stretch that was watched: nothing is drawn where nobody looked. `least`: the smallest height of the scale. */
export function curvePaths(
  samples: readonly CurveSample[],
  valueOf: (sample: CurveSample) => number,
  scale: { readonly least: number; readonly fromZero: boolean },
): readonly string[] {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.at <= first.at) return []
  const values = samples.map(valueOf)
  const top = Math.max(...values)
  const bottom = scale.fromZero ? 0 : Math.min(...values, top - scale.least)
  const range = Math.max(top - bottom, scale.least)
  const point = (sample: CurveSample) => {
    const x = (curveBox.width * (sample.at - first.at)) / (last.at - first.at)
    const y = curveBox.height - edge - ((curveBox.height - 2 * edge) * (valueOf(sample) - bottom)) / range
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  return stretches(samples).map((stretch) => stretch.map(point).join(' '))
}

function stretches(samples: readonly CurveSample[]): readonly (readonly CurveSample[])[] {
  const all: CurveSample[][] = []
  for (const sample of samples) {
    const open = all.at(-1)
    if (open === undefined || sample.gap === true) all.push([sample])
    else open.push(sample)
  }
  return all.filter((stretch) => stretch.length > 1)
}
