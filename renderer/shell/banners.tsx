import { whyText } from '../../shared/words/faults/say-fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Language } from '../i18n/language.ts'
import { rightsIn } from '../i18n/rights-in.ts'
import { useFormat, useLanguage, useWords } from '../i18n/use-words.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { useCluster, usePipeline } from '../stores/store-context.tsx'
import { useToday } from '../history/use-today.ts'

type Banner = { readonly key: string; readonly icon: IconName; readonly title: string; readonly text: string }

/** What must be known before anything on the page is believed: how old it is, and who drives. */
export function Banners() {
  const { shell, production } = useWords()
  const format = useFormat()
  const today = useToday()
  const language = useLanguage()
  const view = usePipeline((one) => one)
  const replacedAt = useCluster((cluster) => cluster?.replacedAt)
  const banners = [
    ...(replacedAt === undefined
      ? []
      : [
          {
            key: 'replaced',
            icon: 'warn' as const,
            title: production.replaced,
            text: production.replacedWhy(format.clock(replacedAt, today)),
          },
        ]),
    ...(view === undefined ? [] : viewBanners(view, { words: shell, format, language })),
  ]
  return banners.map(({ key, icon, title, text }) => (
    <p key={key} className="banner" title={`${title} ${text}`}>
      <Icon name={icon} />
      <span>
        <b>{title}</b> {text}
      </span>
    </p>
  ))
}

type Says = { readonly words: Words['shell']; readonly format: Format; readonly language: Language }

function viewBanners(view: PipelineView, says: Says): readonly Banner[] {
  const { words, format } = says
  return [
    staleness(view, says),
    holder(view, words),
    foreign(view, words, format),
    ...nature(view, words),
  ].filter((banner) => banner !== undefined)
}

function staleness(
  { freshness, ages, denied, now }: PipelineView,
  { words, format, language }: Says,
): Banner | undefined {
  switch (freshness.kind) {
    case 'live':
      return undefined
    case 'never':
      return {
        key: 'stale',
        icon: 'warn',
        title: words.bannerNever,
        text: words.bannerNeverWhy(whyText(freshness.why, language)),
      }
    case 'stale': {
      const title = words.bannerStale(format.clockSeconds(freshness.since, now))
      const each = (ages ?? []).map((age) => words.bannerAge(age.kind, format.clockSeconds(age.since, now)))
      const byKind = each.length === 0 ? '' : words.bannerAges(each.join(words.comma))
      const text =
        denied === undefined
          ? words.bannerStaleWhy(whyText(freshness.why, language), byKind)
          : `${byKind}${rightsIn[language](denied, 'stale')}`
      return { key: 'stale', icon: 'warn', title, text }
    }
  }
}

function holder({ lock, release }: PipelineView, words: Words['shell']): Banner | undefined {
  if (lock.kind === 'free' && release !== undefined && release.state !== 'ended' && !release.driving) {
    return { key: 'lock', icon: 'lock', title: words.bannerNotDriving, text: words.bannerNotDrivingWhy }
  }
  if (lock.kind !== 'other') return undefined
  return lock.expired
    ? {
        key: 'lock',
        icon: 'lock',
        title: words.bannerOtherExpired(lock.holder),
        text: words.bannerOtherExpiredWhy,
      }
    : { key: 'lock', icon: 'lock', title: words.bannerOther(lock.holder), text: words.bannerOtherWhy }
}

/** Named by who owns them, with their share of the traffic: it is missing from the batches' shares. */
function foreign(
  { foreignPods, endpoints }: PipelineView,
  words: Words['shell'],
  format: Format,
): Banner | undefined {
  const { others, ready } = endpoints
  if (foreignPods === 0 && others.all === 0) return undefined
  const names = others.owners.slice(0, mostOwners).map(({ kind, name, pods }) => `${kind} ${name} (${pods})`)
  const more = others.owners.length > mostOwners ? '…' : ''
  return {
    key: 'foreign',
    icon: 'info',
    title: words.bannerForeign(Math.max(foreignPods, others.all), names.join(words.comma) + more),
    text: words.bannerForeignWhy(format.share(ready === 0 ? 0 : others.ready / ready), others.ready),
  }
}

const mostOwners = 3

/** Where ready endpoints are not what shares the traffic evenly, the shares on the screen say less than they seem to. */
function nature({ service }: PipelineView, words: Words['shell']): readonly Banner[] {
  return [
    ...(service.publishesNotReady
      ? [
          {
            key: 'not-ready',
            icon: 'warn' as const,
            title: words.bannerNotReady,
            text: words.bannerNotReadyWhy,
          },
        ]
      : []),
    ...(service.nature.kind === 'headless'
      ? [
          {
            key: 'headless',
            icon: 'info' as const,
            title: words.bannerHeadless,
            text: words.bannerHeadlessWhy,
          },
        ]
      : []),
  ]
}
