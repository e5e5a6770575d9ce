/** Up to two letters: of the first two words of a name, else its first two letters. `gov-prod` -> `GP`. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = '?', second] = words
  const letters = second === undefined ? [...first].slice(0, 2).join('') : firstOf(first) + firstOf(second)
  return letters.toLocaleUpperCase('en')
}

function firstOf(word: string): string {
  return [...word][0] ?? ''
}

export const avatarColours = 6

/** 1..6, the same for the same name on every machine: people find a cluster by its colour. */
export function avatarColour(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_003
  return (sum % avatarColours) + 1
}
