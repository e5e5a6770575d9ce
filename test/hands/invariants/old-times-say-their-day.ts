import { shownService } from '../shown-service.ts'
import { worldNow } from '../world/first-clusters.ts'
import type { Judge } from '../step.ts'

const day = 86_400_000

/** The hour of something that was days ago stands with its day. */
export function oldTimesSayTheirDay(): Judge {
  return ({ world, after }) => {
    const release = shownService(world, after.look.picture.place)?.release
    if (release?.state !== 'ended' || worldNow - release.startedAt < day) return []
    const ended = new Date(release.startedAt + 600_000)
    const clock = [ended.getHours(), ended.getMinutes()]
      .map((part) => String(part).padStart(2, '0'))
      .join(':')
    const at = after.look.text.indexOf(clock)
    const before = after.look.text.slice(Math.max(0, at - 24), at)
    return at < 0 || before.includes(String(ended.getDate())) ? [] : [`… ${before}${clock}`]
  }
}
