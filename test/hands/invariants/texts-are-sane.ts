import type { Judge } from '../step.ts'

const nonsense =
  /\bNaN\b|\bundefined\b|\[object |\bInfinity\b|Invalid Date|(?:^|[\s(])[-−]\d+ (?:pods?|expected|ready|of)(?![a-z])|至少\D{0,6}[-−]\d/

/** No sentence counts below nothing, and none shows the page's own insides. One line follows the other without a gap. */
export function textsAreSane(): Judge {
  return ({ after }) => {
    const text = [after.look.text, ...after.look.picture.alerts].join(' ')
    const found = nonsense.exec(text)
    return found === null ? [] : [`… ${text.slice(Math.max(0, found.index - 60), found.index + 40)} …`]
  }
}
