import { useWords } from '../i18n/use-words.ts'
import { verbTitle } from '../verbs/verb-title.ts'
import type { NamingQuestion } from '../stores/naming.ts'
import { usePipeline } from '../stores/store-context.tsx'

/** What the button that asked for a name says: the one that confirms it says the same. */
export function useStepTitle({ step }: NamingQuestion): string | undefined {
  const { release: words, plan } = useWords()
  const verbs = usePipeline((view) => view?.release?.verbs)
  if (step === 'release/change-plan') return plan.send
  const verb = verbs?.find((one) => `release/${one.verb}` === step)
  return verb === undefined ? undefined : verbTitle(verb, words)
}
