import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, makeFolder } from '../../cluster/dial/make-folder.ts'

/**
 * Where the window keeps its own files. Electron takes a folder that it can't write for one that another Tranche holds,
 * and would end without a word: then it gets one for this run only.
 */
export function windowFolder(dataFolder: string, log: (line: string) => void): string {
  const own = join(dataFolder, 'window')
  try {
    makeFolder(own)
    accessSync(own, constants.W_OK)
    return own
  } catch (error) {
    log(`${own} can't be written (${codeOf(error)}): the window keeps its files in a folder of this run`)
    return mkdtempSync(join(tmpdir(), 'tranche-window-'))
  }
}
