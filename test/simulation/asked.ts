import type { Reply } from '../../shared/fault.ts'
import type { Asked } from './facts.ts'
import type { World } from './world.ts'

/** Notes what an application was asked, and what came of it. */
export function asked(
  world: World,
  about: Omit<Asked, 'at' | 'reply' | 'repliedAt'>,
  sent: Promise<Reply<unknown>>,
): Asked {
  const note: Asked = { ...about, at: world.time.now() }
  world.facts.asked.push(note)
  void sent.then((reply) => {
    note.reply = reply
    note.repliedAt = world.time.now()
  })
  return note
}
