/** What an answer on the terminal means; an empty one is the default. Chinese keyboards may answer in Chinese. */
export function isYes(answer: string, byDefault: 'yes' | 'no'): boolean {
  const word = answer.trim().toLowerCase()
  return word === '' ? byDefault === 'yes' : ['y', 'yes', '是', '好'].includes(word)
}
