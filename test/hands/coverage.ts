import type { Step } from './step.ts'

/** What one run has reached, each thing once. */
export function coverageOf({ move, after }: Step): readonly string[] {
  const { dialog } = after.look.picture
  return [
    `move ${move.kind}`,
    ...(move.kind === 'world' ? [`world ${move.act}`] : []),
    ...(move.kind === 'answer' ? [`answer ${move.manner}`] : []),
    ...(dialog === undefined ? [] : [`dialog ${dialog.id.replace(/-title$/, '')}`]),
    ...after.look.seen.flatMap((one) => {
      if (one.kind === 'sent') return [`sent ${one.name}`]
      if (one.kind === 'reply' && !(one.reply as { readonly ok: boolean }).ok) return ['refused']
      return one.kind === 'socket' && one.what === 'close' ? ['connection lost'] : []
    }),
  ]
}
