import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

export type Alteration = {
  /** path -> text of a file that is new */
  readonly files: Readonly<Record<string, string>>
  /** One line each, written before the first line that begins so. */
  readonly lines: readonly { readonly path: string; readonly before: string; readonly line: string }[]
}

/**
 * The sources with something added to them, as a newcomer would add it: what is derived from a table is derived from
 * this one. Beside the sources, so that packages are found and files are read as here.
 */
export function alteredCopy(name: string, { files, lines }: Alteration) {
  const folder = join(root, 'test-results', 'altered', `${name}-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  for (const part of ['shared', 'electron', 'renderer', 'tsconfig.json', 'tsconfig.base.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const { path, before, line } of lines) {
    const all = readFileSync(join(folder, path), 'utf8').split('\n')
    const at = all.findIndex((one) => one.trimStart().startsWith(before))
    if (at < 0) throw new Error(`${path} has no line that begins with ${before}`)
    writeFileSync(join(folder, path), all.toSpliced(at, 0, line).join('\n'))
  }
  return {
    /** A module of the copy; its exports have the types of the original. */
    load: (path: string): Promise<unknown> => import(/* @vite-ignore */ join(folder, path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
