import { expect, test } from 'vitest'
import { splitRepository } from '../../../../renderer/draft/image-reference.ts'

test('the name of an image stays apart from the path that may shrink', () => {
  expect(splitRepository('registry/app/demo')).toEqual({ front: 'registry/app/', name: 'demo' })
  expect(splitRepository('demo')).toEqual({ front: '', name: 'demo' })
})
