import type { JsonObject } from '../../electron/training/objects/json.ts'
import { buildControlPlane } from '../controlplane/build-control-plane.ts'
import { dragFrames } from './drag-frames.ts'
import { faults } from './faults.ts'
import { firstPicture } from './first-picture.ts'
import { hostileMemory } from './hostile-memory.ts'
import { releaseOverhead } from './release-overhead.ts'
import { rollback } from './rollback.ts'
import { soak } from './soak.ts'
import { terminalMemory } from './terminal-memory.ts'
import { watchCuts } from './watch-cuts.ts'

const number = process.argv[3] === undefined ? undefined : Number(process.argv[3])

const benches: Readonly<Record<string, () => Promise<JsonObject>>> = {
  'release-overhead': releaseOverhead,
  rollback,
  faults: () => faults(number),
  'first-picture': firstPicture,
  soak: () => soak(number),
  'watch-cuts': () => watchCuts(number),
}

/** Those that need no control plane. */
const alone: typeof benches = {
  'drag-frames': dragFrames,
  'terminal-memory': terminalMemory,
  'hostile-memory': () => hostileMemory(process.argv[3]),
}

const name = process.argv[2] ?? ''
const bare = alone[name]
if (bare !== undefined) {
  console.log(JSON.stringify(await bare()))
  process.exit(0)
}
const bench = benches[name]
if (bench === undefined) {
  console.error(`npm run bench -- ${Object.keys({ ...benches, ...alone }).join(' | ')}`)
  process.exit(2)
}
const built = buildControlPlane()
if (built.kind !== 'built') {
  console.error(built.kind === 'missing' ? built.what : built.output)
  process.exit(3)
}
console.log(JSON.stringify(await bench()))
process.exit(0)
