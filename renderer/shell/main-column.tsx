import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { memo } from 'react'
import type { ReactNode } from 'react'
import { ConnectScreen } from '../clusters/connect-screen.tsx'
import { SignIn } from '../clusters/sign-in.tsx'
import { EmptyScreen } from '../clusters/empty-screen.tsx'
import { useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Pipeline } from '../pipeline/pipeline.tsx'
import { isCutOff } from '../stores/client.ts'
import {
  useCluster,
  useClusters,
  useLink,
  usePipeline,
  usePipelineState,
  useUi,
} from '../stores/store-context.tsx'
import { Banners } from './banners.tsx'
import { Strip } from '../timeline/strip.tsx'
import { CutOff, NotReached } from './cut-off.tsx'
import { UnsavedBanner } from './unsaved-banner.tsx'
import { Headline } from './headline.tsx'

/** The middle of the window: the picture of one Service, or what is missing before it can be drawn. */
export const MainColumn = memo(function MainColumn() {
  const { shell } = useWords()
  return (
    <main className="main-column" aria-label={shell.mainArea} data-area="main">
      <CutOffBanner />
      <UnsavedBanner />
      <Content />
    </main>
  )
})

/** Once there is something to draw; before, it is said in its place. */
function CutOffBanner() {
  const isDrawn = useClusters((view) => view !== undefined)
  return isDrawn ? <CutOff /> : null
}

function Content() {
  const { shell } = useWords()
  const clusters = useClusters((view) => view)
  const cluster = useCluster((one) => one)
  const service = useUi((state) => state.selection.service)
  const link = useLink()
  if (clusters === undefined)
    return isCutOff(link) ? <NotReached /> : <Message icon="roll" title={shell.loading} />
  if (cluster === undefined) return <EmptyScreen view={clusters} />
  const onlyTraining = clusters.clusters.every((one) => one.training)
  if (onlyTraining && cluster.state.kind === 'idle') return <EmptyScreen view={clusters} />
  if (cluster.state.kind !== 'connected') return <ConnectScreen key={cluster.id} cluster={cluster} />
  if (service === undefined)
    return <Message icon="mark" title={shell.chooseService} text={shell.chooseServiceWhy} />
  return (
    <>
      {cluster.signIn === undefined ? null : <SignIn connection={cluster.id} signIn={cluster.signIn} />}
      <Service name={service} />
    </>
  )
}

function Service({ name }: { readonly name: string }) {
  const { shell } = useWords()
  const said = useFaultSentence()
  const kind = usePipelineState((state) => state.kind)
  const why = usePipelineState((state) => (state.kind === 'missing' ? state.why : undefined))
  const fault = usePipelineState((state) => (state.kind === 'fault' ? state.fault : undefined))
  const empty = usePipeline((view) => view?.batches.length === 0)
  switch (kind) {
    case 'loading':
      return <Message icon="roll" title={shell.loadingService(name)} />
    case 'missing':
      return (
        <Message
          icon="block"
          title={shell.missingService(name)}
          {...(why !== undefined && { text: said(why) })}
        />
      )
    case 'fault':
      return (
        <Message icon="fail" title={shell.faultService(name)}>
          {fault === undefined ? null : <FaultLine fault={fault} />}
        </Message>
      )
    case 'view':
      return (
        <>
          <div className="main-scroll">
            <div className="main-head">
              <Banners />
              {empty ? null : <Headline />}
            </div>
            {empty ? <WithoutBatches /> : <Pipeline />}
          </div>
          {empty ? null : <Strip />}
        </>
      )
  }
}

/** A Service that nothing can be released behind says what it is instead of counts of nothing. */
function WithoutBatches() {
  const { shell } = useWords()
  const say = useSay()
  const headline = usePipeline((view) => view?.headline)
  const nature = usePipeline((view) => view?.service.nature.kind)
  if (headline === undefined) return null
  const selects = nature === 'balanced' || nature === 'headless'
  return (
    <Message icon="idle" title={say(headline)} text={selects ? shell.noBatchesWhy : shell.selectsNothing} />
  )
}

type MessageProps = {
  readonly icon: IconName
  readonly title: string
  readonly text?: string
  readonly children?: ReactNode
}

function Message({ icon, title, text = '', children }: MessageProps) {
  return (
    <section className="start-screen">
      <span className="start-icon">
        <Icon name={icon} />
      </span>
      <h1>{title}</h1>
      {text === '' ? null : <p>{text}</p>}
      {children}
    </section>
  )
}
