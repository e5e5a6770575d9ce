import type { VerbView } from '../../shared/view/verb-views.ts'
import type { VerbName } from '../../shared/release/verbs.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { ActionRow } from './action-buttons.tsx'
import { useVerb } from './use-verb.ts'
import { verbIcons } from './verb-icons.ts'
import { verbTitle } from './verb-title.ts'

const shortcuts: Partial<Readonly<Record<VerbName, { name: string; keys: string; spoken: string }>>> = {
  pause: { name: 'pause', keys: 'P', spoken: 'P' },
  retry: { name: 'retry', keys: 'R', spoken: 'R' },
  'roll-back': { name: 'roll-back', keys: 'Ctrl ⌫', spoken: 'Control+Backspace' },
}

/** Stopping opens a question, which says the rest. */
function brief(sentence: Sentence): Sentence {
  return sentence.kind === 'verb-stop' ? { ...sentence, brief: true } : sentence
}

/** A verb with what it would do, or why it cannot be done now. */
export function VerbRow({ verb }: { readonly verb: VerbView }) {
  const { release: words } = useWords()
  const say = useSay()
  const { run, busy, fault, dismiss } = useVerb(verb)
  const shortcut = shortcuts[verb.verb]
  return (
    <>
      <ActionRow
        icon={verbIcons[verb.verb]}
        title={busy ? words.sending : verbTitle(verb, words)}
        note={say(verb.enabled || verb.why === undefined ? brief(verb.sentence) : verb.why)}
        enabled={verb.enabled && !busy}
        busy={busy}
        danger={verb.verb === 'roll-back'}
        {...(shortcut === undefined ? {} : { shortcut })}
        onPress={run}
      />
      {fault === undefined ? null : <FaultLine fault={fault} onDismiss={dismiss} />}
    </>
  )
}
