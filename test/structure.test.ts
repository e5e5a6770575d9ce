import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { commands, feeds } from '../shared/contract.ts'

const root = resolve(import.meta.dirname, '..')
const sources = globSync('{shared,electron,renderer}/**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !path.endsWith('.d.ts'))
  .sort()
const parsed = new Map(
  sources.map((path) => [
    path,
    ts.createSourceFile(path, readFileSync(resolve(root, path), 'utf8'), ts.ScriptTarget.Latest, true),
  ]),
)

/** Files of ours that one names, types included: who reads it has to open those as well. */
function namedBy(path: string): readonly string[] {
  const file = parsed.get(path)
  if (file === undefined) return []
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const { moduleSpecifier } = statement
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return []
    if (!moduleSpecifier.text.startsWith('.')) return []
    const target = relative(root, resolve(root, dirname(path), moduleSpecifier.text))
    return parsed.has(target) ? [target] : []
  })
}

/** Groups of files that can only be read together, by Tarjan's algorithm (1972). */
function circles(): readonly (readonly string[])[] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const visit = (path: string): void => {
    order.set(path, order.size)
    low.set(path, order.size - 1)
    stack.push(path)
    for (const next of namedBy(path)) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next))
        low.set(path, Math.min(low.get(path) ?? 0, low.get(next) ?? 0, order.get(next) ?? 0))
    }
    if (low.get(path) !== order.get(path)) return
    const group = stack.splice(stack.indexOf(path))
    if (group.length > 1) found.push(group.sort())
  }
  for (const path of sources) if (!order.has(path)) visit(path)
  return found
}

test('no two files need each other to be understood', () => {
  expect(circles()).toEqual([])
})

test('a folder can be looked through: at most 40 files in one', () => {
  const count = new Map<string, number>()
  for (const path of sources) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1)
  expect([...count].filter(([, files]) => files > 40)).toEqual([])
})

/** Factories whose closures are to be taken apart: the list may only become shorter. */
const toBeTakenApart: readonly string[] = [
  'electron/app/app.ts: createApp',
  'electron/app/releases/driven-releases.ts: createDrivenReleases',
  'electron/app/releases/release-service.ts: createReleaseService',
  'electron/cluster/connection.ts: connect',
  'electron/cluster/requests/transport.ts: createTransport',
  'electron/release/runner.ts: startRunner',
]

test('a function can be read at one sight: none over 100 lines but those that are named here', () => {
  const long: string[] = []
  for (const [path, file] of parsed) {
    const lines = (node: ts.Node): number =>
      file.getLineAndCharacterOfPosition(node.getEnd()).line -
      file.getLineAndCharacterOfPosition(node.getStart()).line +
      1
    const look = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && lines(node) > 100)
        long.push(`${path}: ${node.name?.getText() ?? 'without a name'}`)
      ts.forEachChild(node, look)
    }
    look(file)
  }
  expect(long.sort()).toEqual(toBeTakenApart)
})

const written = ['*.md', 'docs/**/*.md']
const code = ['*.{ts,js,jsonc,yml}', '{.ci,electron,renderer,shared,test}/**/*.{ts,tsx,mts,mjs,css,html}']

function textsOf(patterns: readonly string[]): readonly (readonly [path: string, text: string])[] {
  return globSync(patterns, { cwd: root })
    .sort()
    .map((path) => [path, readFileSync(resolve(root, path), 'utf8')] as const)
}

/** What a text sends its reader to: documents by their names, and files and folders of ours by their paths. */
function citedBy(path: string, text: string): readonly string[] {
  const documents = /(?<![\w./-])(?:docs\/)?(?:[\w-]+\/)*[\w-]+\.md\b(?!\.)/g
  const links = /\]\((?!https?:|#)([^)#\s]+)/g
  const paths = /`((?:\.ci|docs|electron|renderer|shared|test)\/[\w./-]+)`/g
  if (!path.endsWith('.md')) return [...text.matchAll(documents)].map(([name]) => name)
  return [
    ...[...text.matchAll(links)].map(([, target = '']) =>
      relative(root, resolve(root, dirname(path), target)),
    ),
    ...[...text.matchAll(paths)].map(([, target = '']) => target),
  ]
}

/** A document is called by its bare name, too. */
function stands(cited: string): boolean {
  return existsSync(resolve(root, cited)) || existsSync(resolve(root, 'docs', cited))
}

test('what a comment or a page sends its reader to stands in this repository', () => {
  // A name of an invented file, in a test of how folders are read.
  const invented = new Set(['notes.md'])
  const missing = [...textsOf(code), ...textsOf(written)].flatMap(([path, text]) =>
    citedBy(path, text)
      .filter((cited) => !invented.has(cited) && !stands(cited))
      .map((cited) => `${path}: ${cited}`),
  )
  expect(missing).toEqual([])
})

test('the contract has no more commands and feeds than its header gives a reason for', () => {
  const header = readFileSync(resolve(root, 'shared/contract.ts'), 'utf8')
  const [, mostCommands, mostFeeds] = /at most (\d+) commands, and (\d+) feeds/.exec(header) ?? []
  expect(Object.keys(commands).length).toBeLessThanOrEqual(Number(mostCommands))
  expect(Object.keys(feeds).length).toBeLessThanOrEqual(Number(mostFeeds))
})
