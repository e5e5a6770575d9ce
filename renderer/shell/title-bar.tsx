import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { memo } from 'react'
import { ChangeSwitch } from '../clusters/change-switch.tsx'
import { shownName } from '../clusters/shown-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Keys } from '../parts/keys.tsx'
import { Middle } from '../parts/middle.tsx'
import { useCluster, useNoticePermission, usePipeline, useStores, useUi } from '../stores/store-context.tsx'
import type { Theme } from '../stores/ui.ts'
import { nextTheme } from './theme.ts'

const themeIcon: Readonly<Record<Theme, IconName>> = { light: 'sun', dark: 'moon', system: 'monitor' }

/** Where you are, who drives, and the two switches. */
export const TitleBar = memo(function TitleBar() {
  const { shell } = useWords()
  const { ui } = useStores()
  const sidebarOpen = useUi((state) => state.sidebarOpen)
  return (
    <header className="title-bar" data-area="title">
      <span className="title-mark">
        <Icon name="mark" />
      </span>
      <button
        type="button"
        className="icon-button only-narrow"
        aria-label={sidebarOpen ? shell.hideServices : shell.showServices}
        aria-expanded={sidebarOpen}
        onClick={() => ui.actions.setSidebar(!sidebarOpen)}
      >
        <Icon name="side" />
      </button>
      <Crumbs />
      <button
        type="button"
        className="palette-button"
        aria-keyshortcuts="Control+K"
        onClick={() => ui.actions.open('palette')}
      >
        <Icon name="search" />
        <span>{shell.search}</span>
        <Keys text="Ctrl K" />
      </button>
      <div className="title-right">
        <LockState />
        <ChangeSwitch />
        <NoticeSwitch />
        <Switches />
      </div>
    </header>
  )
})

function Crumbs() {
  const { shell, production: words } = useWords()
  const cluster = useCluster((one) => one && shownName(one))
  const production = useCluster((one) => one?.production !== undefined)
  const training = useCluster((one) => one?.training ?? false)
  const namespace = useUi((state) => state.selection.namespace)
  const service = useUi((state) => state.selection.service)
  if (cluster === undefined) return <nav className="crumbs" aria-label={shell.whereYouAre} />
  const places = [training ? shell.trainingCluster : cluster, namespace, service].filter(
    (place) => place !== undefined,
  )
  return (
    <nav className="crumbs" aria-label={shell.whereYouAre}>
      {training ? (
        <span className="badge training-badge">
          <Icon name="train" />
          {shell.training}
        </span>
      ) : null}
      {production ? <span className="badge prod-badge">{words.badge}</span> : null}
      <ol>
        {places.map((place, index) => (
          <li key={index} aria-current={index === places.length - 1 ? 'page' : undefined}>
            {index === 0 ? null : <Icon name="right" />}
            <Middle text={place} tail={8} from={26} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function LockState() {
  const { shell } = useWords()
  const said = useFaultSentence()
  const lock = usePipeline((view) => view?.lock)
  if (lock === undefined) return null
  switch (lock.kind) {
    case 'free':
      return <LockWord icon="unlock" text={shell.lockFree} />
    case 'mine':
      return <LockWord icon="hand" text={shell.lockMine} />
    case 'other':
      return (
        <LockWord
          icon="lock"
          text={lock.expired ? shell.lockExpired(lock.holder) : shell.lockOther(lock.holder)}
        />
      )
    case 'local':
      return <LockWord icon="warn" text={shell.lockLocal} />
    case 'unknown':
      return (
        <LockWord icon="warn" text={shell.lockUnknown} title={lock.why === undefined ? '' : said(lock.why)} />
      )
  }
}

function LockWord({
  icon,
  text,
  title,
}: {
  readonly icon: IconName
  readonly text: string
  readonly title?: string
}) {
  return (
    <span className="lock-word" title={title ?? text}>
      <Icon name={icon} />
      <span>{text}</span>
    </span>
  )
}

/** Not there where nothing can be shown outside the window. */
function NoticeSwitch() {
  const { shell } = useWords()
  const { notices } = useStores()
  const permission = useNoticePermission()
  const on = useUi((state) => state.notices)
  if (permission === undefined) return null
  const state = permission === 'granted' ? (on ? 'on' : 'off') : permission
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={shell.notices[state]}
      title={shell.notices[state]}
      aria-disabled={state === 'refused'}
      onClick={() => void notices.toggle()}
    >
      <Icon name={state === 'on' ? 'bell' : 'bell-off'} />
    </button>
  )
}

function Switches() {
  const { shell } = useWords()
  const { ui } = useStores()
  const language = useUi((state) => state.language)
  const theme = useUi((state) => state.theme)
  return (
    <>
      <button
        type="button"
        className="title-button"
        title={shell.languageSwitch}
        onClick={() => ui.actions.setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        <Icon name="globe" />
        <span aria-hidden="true">{shell.languageNow}</span>
        <span className="sr">{shell.languageSwitch}</span>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={shell.themeSwitch[theme]}
        title={shell.themeSwitch[theme]}
        onClick={() => ui.actions.setTheme(nextTheme(theme))}
      >
        <Icon name={themeIcon[theme]} />
      </button>
    </>
  )
}
