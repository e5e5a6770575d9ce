import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOut } from '../../../../electron/cli/output/out.ts'
import { textTable, widthOf } from '../../../../electron/cli/output/text-table.ts'
import { visible, visibleJson } from '../../../../shared/visible.ts'

/** All that a terminal obeys, or that shows other text than there is. */
const active = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

function terminal(json = false) {
  const written: string[] = []
  const stream = { isTTY: true, write: (text: string) => void written.push(text) }
  const out = createOut({ json, stdout: stream, stderr: stream, env: {} })
  return { out, written }
}

test.each([
  ['\u001b[2J\u001b]0;title\u0007', '\\x1b[2J\\x1b]0;title\\x07'],
  ['one\r\ntwo\tthree', 'one\\r\\ntwo\\tthree'],
  ['gov\u202edorp', 'gov\\u202edorp'],
  ['pro\u200bd', 'pro\\u200bd'],
  ['\u009b31m', '\\x9b31m'],
  ['a\u2028b', 'a\\u2028b'],
  ['\u{e0041}', '\\u{e0041}'],
  ['批次 1：演示 é ñ 🚢', '批次 1：演示 é ñ 🚢'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('whatever stands in a line, it is one line, and only our own colours are obeyed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, message) => {
      const { out, written } = terminal()
      out.text(`${out.paint('red', name)} ${message}`)
      out.remark(message)
      out.aside([message])
      for (const piece of written) {
        expect(piece.endsWith('\n')).toBe(true)
        const lines = piece.slice(0, -1).replaceAll(/\u001b\[(31|39)m/g, '')
        expect(lines).not.toMatch(active)
      }
      expect(written[0]?.startsWith('\u001b[31m')).toBe(true)
    }),
  )
})

test('what a person has to see is said beside JSON too, and obeyed no more than the rest', () => {
  const { out, written } = terminal(true)
  out.aside(['not said'])
  out.notice(['argument 1/1  \u001b[2J'])
  expect(written).toEqual(['argument 1/1  \\x1b[2J\n'])
})

test('the escape of our own colours cannot be written by others', () => {
  const { out, written } = terminal()
  const painted = out.paint('red', 'x')
  out.text(`${painted} \u001b[31m`)
  expect(written).toEqual(['\u001b[31mx\u001b[39m \\x1b[31m\n'])
})

test('a table stays a table, whatever its cells say', () => {
  const rows = textTable([
    ['NAME', 'STATE'],
    ['a\nb', 'ready'],
    ['\u001b[31mweb', 'held'],
    ['批次', 'held'],
  ])
  const starts = rows.map((row) => widthOf(row.slice(0, row.search(/(STATE|ready|held)$/))))
  expect(new Set(starts).size).toBe(1)
  expect(rows).toHaveLength(4)
})

test('JSON says the same to machines, and nothing to a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = visibleJson({ text })
      expect(json).not.toMatch(active)
      expect(JSON.parse(json)).toEqual({ text })
    }),
  )
})
