import { expect, test } from 'vitest'
import { textTable, wrap } from '../../../../../electron/cli/output/text-table.ts'

test('columns stay in line whether cells are in Latin or Chinese', () => {
  const lines = textTable([
    ['批次', '状态'],
    ['demo', 'ready'],
    ['第 2 批', '正在更新'],
  ])
  expect(lines).toEqual(['批次     状态', 'demo     ready', '第 2 批  正在更新'])
})

test('long text breaks at spaces and between Chinese characters, never before a full stop', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
  expect(wrap('一二三四五六。七八', 12)).toEqual(['一二三四五', '六。七八'])
})
