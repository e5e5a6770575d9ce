/** Up to two letters: of the first two words of a name, else its first two letters. `gov-prod` -> `GP`. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = '?', second] = words
  const letters =
    second === undefined ? Array.from(first).slice(0, 2).join('') : firstOf(first) + firstOf(second)
  return letters.toLocaleUpperCase('en')
}

function firstOf(word: string): string {
  return Array.from(word)[0] ?? ''
}

/** As many as there are `avatar-n` classes. */
export const avatarColours = 8

/** 1..8, the same for the same name on every machine: people find a cluster by its colour. */
export function avatarColour(name: string): number {
  let hash = 7
  for (const letter of name) hash = (hash * 37 + (letter.codePointAt(0) ?? 0)) % 65_521
  return (hash % avatarColours) + 1
}
