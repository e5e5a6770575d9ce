/**
 * Control characters, line ends, what turns the direction of text or takes no room, halves of characters, and code
 * points that stand for nothing.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Text as a terminal may get it: one line, nothing in it that moves the cursor, clears the screen, sets a title, hides
 * or turns what stands beside it. Names, messages and addresses come from clusters, kubeconfigs and plugins.
 */
export function visible(text: string): string {
  return text.replace(unseen, (letter) => short[letter] ?? escaped(letter.codePointAt(0) ?? 0))
}

function escaped(code: number): string {
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/** The same for what machines read: JSON has its own escapes, and says the same with them. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(unseen, (letter) =>
    Array.from(
      { length: letter.length },
      (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
