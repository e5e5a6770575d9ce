import { quoted } from '../../shared/words/quoted.ts'

/** A command, word for word: a line ends between two words, never within one. */
export function CommandWords({ words }: { readonly words: readonly string[] }) {
  return words.map((word, index) => (
    <span key={index}>
      {index === 0 ? '' : ' '}
      <span className="command-word">{quoted(word)}</span>
    </span>
  ))
}
