import { expect, test } from 'vitest'
import type { PipelineView, ReleaseView } from '../../../../shared/view/pipeline.ts'
import { isOver, otherVerbs, primaryVerb } from '../../../../renderer/verbs/stage.ts'
import { outlook } from '../../../visual/release-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

function releaseOf(view: PipelineView): ReleaseView {
  if (view.release === undefined) throw new Error('this picture has no release')
  return view.release
}

test.each([
  ['canary', 'approve'],
  ['baking', 'approve'],
  ['rolling', 'approve'],
  ['paused', 'resume'],
  ['failed', 'roll-back'],
  ['rolling-back', undefined],
  ['done', undefined],
] as const)('the next action of %s is %s', (state, verb) => {
  expect(primaryVerb(releaseOf(pipelineStates[state]()))?.verb).toBe(verb)
})

test('while all goes back no row says so again, and the ways out of one that stands are listed', () => {
  const listed = otherVerbs(releaseOf(pipelineStates['back-failing']()))
  expect(listed.map(({ verb, enabled }) => [verb, enabled])).toEqual([
    ['retry', true],
    ['skip', true],
    ['stop', true],
  ])
})

test.each(['canary', 'baking', 'rolling', 'paused', 'failed', 'stale'] as const)(
  'rolling back is always one click away while something was changed: %s',
  (state) => {
    const release = releaseOf(pipelineStates[state]())
    const offered = [primaryVerb(release), ...otherVerbs(release)]
    expect(offered.find((verb) => verb?.verb === 'roll-back')?.enabled).toBe(true)
  },
)

test('a finished release offers its roll back and nothing else, beside a new draft', () => {
  const view = pipelineStates.done()
  expect(isOver(view)).toBe(true)
  expect(otherVerbs(releaseOf(view)).map((verb) => verb.verb)).toEqual(['roll-back'])
})

test('a verb that cannot be done stays in the list and says why', () => {
  const others = otherVerbs(releaseOf(pipelineStates.other()))
  expect(others.find((verb) => verb.verb === 'pause')?.why).toMatchObject({ kind: 'off-other-holder' })
})

test('what somebody else has written is accepted or put back first; going back with everything comes after', () => {
  const failed = releaseOf(pipelineStates.failed())
  const does = outlook({ then: { kind: 'approval', batch: 2 } })
  const sentence = {
    kind: 'verb-adopt',
    batch: 2,
    manager: 'kubectl-set',
    as: 'start',
    does,
    pods: 16,
    tag: '',
  } as const
  const release = { ...failed, verbs: [...failed.verbs, { verb: 'adopt', enabled: true, sentence } as const] }
  expect(primaryVerb(release)?.verb).toBe('adopt')
  expect(otherVerbs(release).find((verb) => verb.verb === 'roll-back')?.enabled).toBe(true)
})
