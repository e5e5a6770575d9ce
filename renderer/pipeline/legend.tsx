import { useWords } from '../i18n/use-words.ts'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { usePipeline } from '../stores/store-context.tsx'

/** What the shapes mean, with the tags of the two versions while a release brings one. */
export function Legend() {
  const { pipeline } = useWords()
  const from = usePipeline((view) => {
    const batch = view?.batches.find((one) => one.from !== undefined)
    return batch?.look === 'returning' ? batch.to : batch?.from
  })
  const to = usePipeline(
    (view) => view?.release?.tag ?? view?.incident?.changes.find((one) => one.from !== one.to)?.to,
  )
  const failingOld = usePipeline((view) => view?.batches.some((batch) => batch.pods.includes('x')))
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <PodShape kind="old" /> {pipeline.legendOld} {from === undefined ? null : <Tag text={from} />}
      </span>
      <span>
        <PodShape kind="new" /> {pipeline.legendNew} {to === undefined ? null : <Tag text={to} />}
      </span>
      <span className="legend-gap" />
      <span>
        <PodShape kind="starting" /> {pipeline.legendStarting}
      </span>
      <span>
        <PodShape kind="failing" /> {pipeline.legendFailing}
      </span>
      {failingOld ? (
        <span>
          <PodShape kind="failing-old" /> {pipeline.legendFailingOld}
        </span>
      ) : null}
      <span>
        <PodShape kind="ending" /> {pipeline.legendEnding}
      </span>
    </p>
  )
}

function Tag({ text }: { readonly text: string }) {
  return (
    <b className="mono">
      <Middle text={text} />
    </b>
  )
}
