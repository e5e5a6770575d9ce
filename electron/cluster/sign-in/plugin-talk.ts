import { stripVTControlCharacters } from 'node:util'

/** Between a plugin that runs and the person who waits for it. */
export type PluginTalk = {
  /** `answer`: it reads lines from its stdin. What is returned is about this run alone: an earlier one may end later. */
  begin(run: { readonly command: string; readonly answer?: (line: string) => void }): TalkOfRun
}

type TalkOfRun = {
  /** Everything it has said last, whole each time: a prompt has no line end. */
  say(lines: readonly string[]): void
  end(): void
}

const mostLines = 40
const longestLine = 1_000
/** Control characters, and those that turn the direction of text. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** The last lines of a program's output as plain text: a stranger's program writes them. */
export function createSaidLines(): { add(text: string): readonly string[] } {
  let text = ''
  return {
    add(more) {
      text = (text + more).slice(-mostLines * longestLine)
      return stripVTControlCharacters(text)
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(unseen, '').slice(0, longestLine))
        .filter((line) => line.trim() !== '')
        .slice(-mostLines)
    },
  }
}
