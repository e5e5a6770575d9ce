import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { outputLine } from '../../../../electron/cli/output/output-line.ts'

const docs = readFileSync(resolve(import.meta.dirname, '..', '..', '..', '..', 'docs', 'terminal.md'), 'utf8')

/** kind -> the fields that its row names, `?` where they may be missing. */
const documented = new Map(
  [...docs.matchAll(/^\| `([a-z-]+)` +\|[^|]*\|([^|]*)\|$/gm)].map((row) => [row[1] ?? '', row[2] ?? '']),
)

test.each(outputLine.options.map((option) => [option.shape.kind.value, option] as const))(
  'the fields of a line of kind %s stand in the table of docs/terminal.md',
  (kind, option) => {
    const row = documented.get(kind)
    expect(row, kind).toBeDefined()
    for (const [field, type] of Object.entries<z.ZodType>(option.shape)) {
      if (field === 'kind') continue
      expect(row).toContain(`\`${field}${type.safeParse(undefined).success ? '?' : ''}\``)
    }
  },
)

test('the table of docs/terminal.md has no kind that is not written', () => {
  const kinds = outputLine.options.map((option) => option.shape.kind.value)
  expect([...documented.keys()].filter((kind) => !kinds.some((one) => one === kind))).toEqual([])
})
