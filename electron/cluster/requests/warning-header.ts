/**
 * The texts in Warning headers, RFC 7234 section 5.5 as API servers write them: `299 - "text"`, several in one line
 * parted by commas, `"` and `\` escaped. What does not look like that is left out.
 */
export function warningTexts(header: string | readonly string[] | undefined): readonly string[] {
  const lines = typeof header === 'string' ? [header] : (header ?? [])
  return lines.flatMap((line) =>
    [...line.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
      (match[1] ?? '').replace(/\\(.)/g, '$1'),
    ),
  )
}
