import { readFileSync, globSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const sources = globSync('{shared,electron,renderer}/**/*.{ts,tsx,css}', { cwd: root }).filter(
  (path) => !path.endsWith('.d.ts'),
)

/** Folder -> what its files may import, longest matching folder first. Packages are judged apart. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'shared/fault-sentences': [],
  'shared/k8s': ['shared/fault-sentences'],
  'shared/model': ['shared/k8s'],
  'shared/release': ['shared/k8s', 'shared/model'],
  'shared/words': ['shared/fault-sentences', 'shared/k8s', 'shared/model', 'shared/release'],
  'shared/preflight': ['shared/k8s', 'shared/model', 'shared/release', 'shared/words'],
  'shared/view': ['shared/k8s', 'shared/model', 'shared/release', 'shared/words'],
  'shared/history': ['shared/k8s', 'shared/model', 'shared/release', 'shared/words', 'shared/view'],
  shared: ['shared'],
  'electron/cluster/clock': ['shared'],
  'electron/cluster/dial': ['electron/cluster/clock', 'shared'],
  'electron/cluster/kubeconfig': ['electron/cluster/clock', 'electron/cluster/dial', 'shared'],
  'electron/cluster/sign-in': ['electron/cluster/clock', 'electron/cluster/dial', 'shared'],
  'electron/cluster/requests': [
    'electron/cluster/clock',
    'electron/cluster/dial',
    'electron/cluster/sign-in',
    'shared',
  ],
  'electron/cluster/watch': [
    'electron/cluster/clock',
    'electron/cluster/dial',
    'electron/cluster/requests',
    'shared',
  ],
  'electron/cluster/streaming': [
    'electron/cluster/clock',
    'electron/cluster/dial',
    'electron/cluster/sign-in',
    'shared',
  ],
  'electron/cluster': ['electron/cluster', 'shared'],
  'electron/release': ['electron/cluster', 'shared'],
  'electron/training': [],
  'electron/app': ['electron/cluster', 'electron/release', 'electron/training', 'shared'],
  'electron/browser': ['electron/app', 'shared'],
  'electron/cli': ['electron/app', 'shared'],
  'electron/desktop': ['electron/app', 'shared'],
  'renderer/bridge': ['shared'],
  'renderer/stores': ['renderer/bridge', 'shared'],
  'renderer/parts': ['renderer/i18n'],
  'renderer/i18n': ['shared'],
  renderer: ['renderer', 'shared'],
}
const sharedRoots = [
  'shared/language.ts',
  'shared/fault.ts',
  'shared/fault-sentence.ts',
  'shared/ids.ts',
  'shared/assert-never.ts',
  'shared/visible.ts',
]

type Import = { readonly from: string; readonly target: string; readonly typeOnly: boolean }

function importsOf(path: string): readonly Import[] {
  const text = readFileSync(resolve(root, path), 'utf8')
  const pattern =
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'"=();]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm
  return [...text.matchAll(pattern)].map((match) => ({
    from: path,
    target: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }))
}

function folderOf(path: string): string {
  const folders = Object.keys(allowed).sort((a, b) => b.length - a.length)
  return folders.find((folder) => path.startsWith(`${folder}/`)) ?? path
}

function mayImport(line: Import): boolean {
  const folder = folderOf(line.from)
  if (!line.target.startsWith('.')) {
    if (line.target === 'electron') return folder === 'electron/desktop'
    if (folder.startsWith('shared')) return line.target === 'zod' && line.from === 'shared/contract.ts'
    return true
  }
  const target = relative(root, resolve(root, dirname(line.from), line.target))
  if (folderOf(target) === folder || sharedRoots.includes(target))
    return folder !== 'electron/training' || !target.startsWith('shared')
  if (folder === 'electron/training') return line.typeOnly && target.startsWith('shared/k8s/')
  return (allowed[folder] ?? []).some(
    (prefix) => target.startsWith(`${prefix}/`) || target.startsWith(`${prefix}.`),
  )
}

test('every file imports only what its folder may use', () => {
  const wrong = sources
    .filter((path) => !path.endsWith('.css'))
    .flatMap(importsOf)
    .filter((line) => !mayImport(line))
    .map((line) => `${line.from} -> ${line.target}`)
  expect(wrong).toEqual([])
})

/** Where this machine's own clock is read: all else is given its time, above all that of the cluster that it is about. */
const clocks = ['electron/cluster/clock/clock.ts', 'electron/training/clock/clock.ts', 'renderer/main.tsx']
/** A line of a log, and how long a child process or a key press took, are this machine's own. */
const hosts = /^electron\/(desktop|browser|cli)\/(main|app-process|app-process-keeper)\.ts$/

test('nobody asks this machine what time it is: ages and waits in a cluster go by the time of the cluster', () => {
  const asks = /Date\.now\b|new Date\(\)|\bDate\(\)|performance\.(now|timeOrigin)\b|process\.hrtime/
  const wrong = sources.filter(
    (path) =>
      !clocks.includes(path) && !hosts.test(path) && asks.test(readFileSync(resolve(root, path), 'utf8')),
  )
  expect(wrong).toEqual([])
  const page = readFileSync(resolve(root, 'renderer/main.tsx'), 'utf8')
  expect(page).not.toMatch(/Date\b/)
})

test('files stay small: median at most 100 lines, 95 % at most 300, none over 450', () => {
  const sizes = sources
    .map((path) => ({ path, lines: readFileSync(resolve(root, path), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]?.lines ?? 0
  expect(sizes.filter((file) => file.lines > 450).map((file) => `${file.path}: ${file.lines}`)).toEqual([])
  expect(at(0.95)).toBeLessThanOrEqual(300)
  expect(at(0.5)).toBeLessThanOrEqual(100)
})

const page = sources.filter((path) => /^renderer\/.*\.tsx?$/.test(path))
const terminalHost = sources.filter((path) => /^electron\/cli\/.*\.ts$/.test(path))
const textOf = (path: string): string => readFileSync(resolve(root, path), 'utf8')

/** Where a name has to be typed: no key that is held down does that. And what only closes. */
const askOtherwise = ['renderer/clusters/naming-dialog.tsx', 'renderer/shell/dialogs.tsx']

test('a question is answered by the one button that ignores held keys and asks again when its subject changed', () => {
  const questions = page.filter((path) => /<Modal\s[^>]*\balert\b/.test(textOf(path)))
  expect(questions.length).toBeGreaterThan(4)
  const wrong = questions.filter(
    (path) => !askOtherwise.includes(path) && !textOf(path).includes('<ConfirmButton'),
  )
  expect(wrong).toEqual([])
  const dialogs = page.filter((path) => /<(Modal|Confirm)\b/.test(textOf(path)))
  expect(dialogs.filter((path) => /className="[^"]*\bbtn danger/.test(textOf(path)))).toEqual([])
})

test('a dialog closes itself and no other: whoever closes says which opening is meant', () => {
  const closers = page.filter((path) => /\bcloseDialog\(|\.closeDialog\b/.test(textOf(path))).sort()
  expect(closers).toEqual([
    'renderer/shell/dialogs.tsx',
    'renderer/stores/opening.ts',
    'renderer/stores/use-close-when.ts',
  ])
})

test('what is refused is told: commands that act are called where their answers are kept', () => {
  const reads =
    /^(kubeconfig\/inspect|doctor\/report|rights\/review|release\/check|template\/|history\/|pod\/log)/
  // Each file by itself, its refusals listed in the dialog or kept as notes.
  const told = ['renderer/clusters/look-at-kubeconfigs.ts']
  const wrong = page
    .filter((path) => !path.startsWith('renderer/stores/') && !path.startsWith('renderer/bridge/'))
    .filter((path) => !told.includes(path))
    .flatMap((path) =>
      [...textOf(path).matchAll(/client\s*\.call\(\s*([^,)]*)/g)].map((match) => ({
        path,
        name: match[1] ?? '',
      })),
    )
    .filter(({ name }) => !reads.test(name.replace(/^['`]/, '')))
  expect(wrong).toEqual([])
})

test('what others have written reaches the page through the one place that makes it harmless', () => {
  // The compiler calls it for each element: a page that were built without it would show names as they are.
  const built = ['vite.config.ts', 'test/visual/vite-options.ts'].map(textOf)
  for (const text of built) {
    expect(text).toContain("react({ jsxImportSource: '#page' })")
    expect(text).not.toContain('react()')
  }
  for (const path of ['renderer/tsconfig.json', 'test/tsconfig.json'])
    expect(JSON.parse(textOf(path))).toMatchObject({ compilerOptions: { jsxImportSource: '#page' } })
  // Elements that are made otherwise, and what puts text on the page, or out of it, without an element.
  const past =
    /react\/jsx|@jsx|\b(createElement|cloneElement|dangerouslySetInnerHTML|createElementNS)\b|\.(innerHTML|outerHTML|innerText|textContent|nodeValue)\s*=[^=]|insertAdjacent|document\.(write|title)|new Notification|writeText|clipboard\.write|\b(fill|stroke)Text\b|\b(alert|prompt)\(/
  const exits = page.filter((path) => past.test(textOf(path))).sort()
  expect(exits).toEqual([
    'renderer/bridge/open-notifier.ts',
    'renderer/jsx/jsx-dev-runtime.ts',
    'renderer/jsx/jsx-runtime.ts',
    'renderer/jsx/shown-text.ts',
    'renderer/parts/copy-button.tsx',
    'renderer/shell/use-window-title.ts',
  ])
  for (const path of exits.filter((one) => !one.startsWith('renderer/jsx/'))) {
    const lines = textOf(path).split('\n')
    expect(lines.filter((line) => past.test(line) && !/\bvisible(Plain|Lines)\(/.test(line))).toEqual([])
  }
  for (const path of ['jsx-runtime', 'jsx-dev-runtime'])
    expect(textOf(`renderer/jsx/${path}.ts`)).toMatch(/react\.jsx\w*\(type, shownProps\(/)
})

test('who runs this is asked in one place: the system throws for a user that it has no entry for', () => {
  const asks = sources.filter((path) => /\b(homedir|userInfo)\b[^\n]*from 'node:os'/.test(textOf(path)))
  expect(asks).toEqual(['electron/app/host/this-person.ts'])
})

test('styles show no words of others', () => {
  const shown = sources
    .filter((path) => path.endsWith('.css'))
    .flatMap((path) => [...textOf(path).matchAll(/attr\(([^)]*)\)/g)].map((match) => match[1]))
  // Made harmless as the other words are: `renderer/jsx/shown-props.ts`.
  expect([...new Set(shown)]).toEqual(['data-pill'])
})

test('a log and what is said beside it reach a terminal through the one place that makes them visible', () => {
  const hosts = sources.filter((path) =>
    /^electron\/(app|browser|cluster|desktop|release)\/.*\.ts$/.test(path),
  )
  const writers = hosts.filter((path) =>
    /\bstd(out|err)\.write\(|console\.|stream\.write\(/.test(textOf(path)),
  )
  expect(writers).toEqual(['electron/app/host/write-line.ts'])
})

test('what others have written reaches a terminal through the one place that makes it visible', () => {
  // The help and the version are our own words; the process itself is what is written to.
  const writers = ['electron/cli/main.ts', 'electron/cli/output/out.ts', 'electron/cli/run.ts']
  const writes = terminalHost.filter((path) => /\bstd(out|err)\.write\(|console\./.test(textOf(path))).sort()
  expect(writes).toEqual(writers)
})

test('a text of others is taken for YAML, and an object for one of a cluster, by the one door for each', () => {
  const doors = {
    'parseDocument|parseAllDocuments|new Composer': 'electron/cluster/dial/parse-yaml.ts',
    'kindTable\\[\\w+\\]\\.read': 'electron/cluster/dial/read-object.ts',
  }
  for (const [door, its] of Object.entries(doors)) {
    const users = sources.filter((path) => {
      const text = readFileSync(resolve(root, path), 'utf8')
      return !path.startsWith('electron/training/') && new RegExp(`(?:${door})\\b`).test(text)
    })
    expect(users).toEqual([its])
  }
})
