import { useEffect, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useStores } from '../stores/store-context.tsx'
import { useAnswer } from '../stores/use-answer.ts'

/** Written when the page and the application are built; the second is there where the application is bundled, too. */
const lists = { page: './third-party-licences.txt', application: './application-licences.txt' } as const

/** Which version this is, its licence, and those of everything that is in it. */
export function AboutDialog() {
  const { about: words } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const { value: report } = useAnswer({
    subject: 'about',
    occasion: '',
    ask: () => ports.client.call('doctor/report', {}),
  })
  const page = useText(lists.page)
  const application = useText(lists.application)
  return (
    <Modal labelledBy="about-title" className="doctor" onClose={close}>
      <header>
        <Icon name="mark" />
        <h2 id="about-title">{words.title}</h2>
      </header>
      <div className="doctor-body" tabIndex={0} role="region" aria-labelledby="about-title">
        <p>
          {report === undefined ? null : words.version(report.version, report.platform)} {words.licence}
        </p>
        <Licences title={words.ofPage} text={page} />
        {/* Not before it is known to be there: in the browser host it never is. */}
        {application.kind !== 'text' ? null : (
          <>
            <Licences title={words.ofApplication} text={application} />
            <p>{words.electron}</p>
          </>
        )}
      </div>
      <footer>
        <button type="button" className="btn strong" data-first-focus onClick={close}>
          {words.close}
        </button>
      </footer>
    </Modal>
  )
}

type Text =
  { readonly kind: 'loading' } | { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string }

function Licences({ title, text }: { readonly title: string; readonly text: Text }) {
  const { about: words } = useWords()
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {text.kind === 'text' ? (
        <pre className="mono licences">{text.text}</pre>
      ) : (
        <p className="dim">{text.kind === 'loading' ? words.loading : words.missing}</p>
      )}
    </section>
  )
}

function useText(path: string): Text {
  const [text, setText] = useState<Text>({ kind: 'loading' })
  useEffect(() => {
    const leaving = new AbortController()
    const none = (): void => {
      if (!leaving.signal.aborted) setText({ kind: 'none' })
    }
    const read = async (): Promise<void> => {
      const response = await fetch(path, { signal: leaving.signal })
      const isText = response.ok && response.headers.get('content-type')?.startsWith('text/plain') === true
      if (isText) setText({ kind: 'text', text: await response.text() })
      else none()
    }
    // Also where the answer breaks off in its middle: it is waited for no longer.
    read().catch(none)
    return () => leaving.abort()
  }, [path])
  return text
}
