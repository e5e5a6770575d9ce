import { kubeconfigSentence } from '../../shared/words/kubeconfig-sentences.ts'
import { useLanguage } from './use-words.ts'

/** What reading a kubeconfig says, in the page's language. */
export function useKubeconfigSentence(): (english: string) => string {
  const language = useLanguage()
  return (english) => kubeconfigSentence(english, language)
}
