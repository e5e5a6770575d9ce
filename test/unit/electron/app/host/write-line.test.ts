import { expect, test } from 'vitest'
import { writeLine } from '../../../../../electron/app/host/write-line.ts'

test('a log obeys nothing that stands in it, and no name makes a line of its own', () => {
  const written: string[] = []
  writeLine(
    { write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
    'connected to a\u001b[2Jb\u202e\r\n2026-01-01 forged',
  )
  expect(written).toEqual(['connected to a\\x1b[2Jb\\u202e\\r\n  2026-01-01 forged\n'])
})
