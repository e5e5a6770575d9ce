import type { Clock } from '../../cluster/clock/clock.ts'
import type { NamespaceModel } from './namespace-models.ts'

/** Waits until something is so in what is watched of a namespace; false if that takes too long. */
export function untilModel(
  model: Pick<NamespaceModel, 'onChange'>,
  { clock, withinMs }: { readonly clock: Clock; readonly withinMs: number },
  isSo: () => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stopTimer = clock.setTimer(withinMs, () => end(false))
    const stopListening = model.onChange(() => {
      if (isSo()) end(true)
    })
    function end(so: boolean): void {
      stopTimer()
      stopListening()
      resolve(so)
    }
    if (isSo()) end(true)
  })
}
