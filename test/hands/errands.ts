import type { Dice } from '../simulation/dice.ts'
import { aim } from './aim.ts'
import { chooseText } from './choose-text.ts'
import type { Move } from './move.ts'
import type { Sight } from './open-window.ts'
import type { Control } from './probe/seen.ts'

/** One move of an errand, by what stands on the screen when its turn has come; nothing where it makes no sense. */
export type Errand = readonly ((sight: Sight) => Move | undefined)[]

type Which = (control: Control) => boolean
const inPanel =
  (role: string): Which =>
  (one) =>
    one.area === 'panel' && one.role === role
const inDialog =
  (role: string): Which =>
  (one) =>
    one.area === 'dialog' && one.role === role
const isCluster: Which = (one) => one.area === 'rail' && / (live|not connected|waits)/.test(one.name)
const isService: Which = (one) => one.area === 'sidebar' && / batch/.test(one.name)

/**
 * What people come to the page for, a few moves each; in between the hands slip and the world moves on. Controls go by
 * what they are and where they stand, so that a page that is built otherwise is played with too.
 */
export function chooseErrand(dice: Dice): Errand {
  const click = (which: Which, nth?: number) => (sight: Sight) =>
    on(sight, which, nth, (at) => ({ kind: 'click', at, button: 'left', times: 1 }))
  const fill = (which: Which, text?: string) => (sight: Sight) =>
    on(sight, which, undefined, (at, control) => ({
      kind: 'fill',
      at,
      text: text ?? chooseText(dice, control),
      by: 'pasting',
    }))
  const empty = (which: Which) => (sight: Sight) =>
    on(sight, which, undefined, (at) => ({ kind: 'empty', at }))
  const drag = (by: number) => (sight: Sight) =>
    on(
      sight,
      (one) => one.role === 'slider' || one.role === 'range',
      undefined,
      (at) => ({ kind: 'drag', at, by, button: 'left' }),
    )
  const hold = (which: Which) => (sight: Sight) =>
    on(sight, which, undefined, (at) => ({ kind: 'hold', at, key: 'Enter', repeats: 5 }))
  const key = (name: string) => (): Move => ({ kind: 'key', key: name })
  const wait = (ms: number) => (): Move => ({ kind: 'wait', ms })
  const answer = (manner: 'late' | 'refused') => (): Move => ({ kind: 'answer', manner, times: 1 })
  const deliver = (): Move => ({ kind: 'deliver', index: 0 })
  const scale = (): Move => ({
    kind: 'world',
    act: 'scale',
    place: 'shown',
    batch: dice.below(4),
    number: dice.pick([0, 0, 1, 3, 40, 2_000]),
  })
  const act =
    (what: Extract<Move, { kind: 'world' }>['act'], number = 0) =>
    (): Move => ({
      kind: 'world',
      act: what,
      place: 'shown',
      batch: dice.below(4),
      number,
    })

  function on(
    { controls }: Sight,
    which: Which,
    nth: number | undefined,
    move: (at: Extract<Move, { kind: 'click' }>['at'], control: Control) => Move,
  ): Move | undefined {
    const found = controls.filter((one) => one.enabled && which(one))
    const control = nth === undefined ? dice.anyOf(found) : found[nth]
    return control === undefined ? undefined : move(aim(controls, control), control)
  }

  const slow = dice.chance(0.4)
  const sending = slow ? [answer(dice.pick(['late', 'refused']))] : []
  const field: Which = (one) => one.area === 'panel' && one.role === 'field' && one.type !== 'radio'
  const errands: readonly [Errand, ...Errand[]] = [
    // A release of another version.
    [
      click(isService),
      click(inPanel('tab'), 0),
      fill(field),
      wait(400),
      wait(100),
      ...sending,
      key('Control+Enter'),
      click(isService),
      deliver,
    ],
    // Sizes, while others scale too.
    [click(isService), drag(dice.pick([-60, 90])), scale, wait(400), ...sending, key('Control+Enter')],
    [
      click(isService),
      scale,
      scale,
      click((one) => one.area === 'main' && one.role === 'button'),
      drag(-200),
      key('ArrowLeft'),
      key('ArrowLeft'),
    ],
    [fill((one) => one.area === 'main' && one.role === 'field'), wait(400), key('Control+Enter')],
    [empty((one) => one.area === 'main' && one.role === 'field')],
    [act('move-on'), drag(60), wait(400), click(inPanel('button')), deliver, act('driver', 3)],
    // A whole image instead of a version, and back.
    [
      click(isService),
      click(inPanel('tab'), 0),
      fill(field),
      click(inPanel('button'), 0),
      empty(field),
      wait(400),
      wait(100),
      key('Control+Enter'),
    ],
    // Another template.
    [
      click(inPanel('radio'), 2),
      click(inPanel('button'), 0),
      fill(inDialog('textarea')),
      ...(slow ? [answer('late')] : []),
      click((one) => inDialog('button')(one), 1),
      fill(inDialog('textarea')),
      deliver,
      click((one) => inDialog('button')(one), 1),
      wait(400),
      wait(100),
      key('Control+Enter'),
    ],
    [
      click(inPanel('radio'), 2),
      click(inPanel('button'), 0),
      act('service'),
      wait(100),
      click(isService),
      key('Control+k'),
    ],
    // Every command by name.
    [
      key('Control+k'),
      key('ArrowDown'),
      key('ArrowDown'),
      act(dice.pick(['start', 'driver', 'move-on', 'stumble']), 1),
      key('Enter'),
    ],
    [act('start', 3), key('Control+k'), click(inDialog('option')), wait(100)],
    [
      act('start', 4),
      act('move-on'),
      fill(field),
      key('Control+k'),
      click(inDialog('option'), dice.below(6)),
    ],
    // A cluster that has to be signed in to, and another one.
    [
      click(isCluster),
      key('Control+Enter'),
      click((one) => one.area === 'main' && one.role === 'button'),
      fill((one) => one.area === 'main' && one.role === 'field'),
      click(isCluster),
      key('Control+Enter'),
      click((one) => one.area === 'main' && one.role === 'button'),
    ],
    // Back to what ran.
    [click(inPanel('tab'), 4), wait(400), wait(400), fill(field), key('Enter'), key('Control+Enter')],
    [
      act('start', 5),
      act('move-on'),
      click(inPanel('tab'), 4),
      wait(400),
      click(field),
      key('Control+Enter'),
    ],
    // Logs, and then another Service.
    [
      click(inPanel('tab'), 3),
      (sight) => on(sight, inPanel('select'), 0, (at) => ({ kind: 'choose', at, key: 'ArrowDown' })),
      click(isService),
      wait(100),
    ],
    [
      click(inPanel('tab'), 3),
      (sight) => on(sight, inPanel('select'), 0, (at) => ({ kind: 'choose', at, key: 'ArrowDown' })),
      click(isCluster),
      click(isService),
      click(inPanel('tab'), 3),
    ],
    // The verbs of a release.
    [act('start', 6), act('move-on'), hold(inPanel('button')), wait(100)],
    [act('start', 7), answer('refused'), click(inPanel('button')), act('move-on'), act('stumble'), wait(100)],
    [
      act('start', 8),
      answer(dice.pick(['refused', 'late'])),
      click(inPanel('button')),
      click(inDialog('button')),
      key('Escape'),
      deliver,
      wait(100),
    ],
    [
      act('start', 9),
      act('driver', 1),
      click(inPanel('button')),
      wait(100),
      act('start', 10),
      act('driver', 1),
      wait(100),
    ],
    // The plan of one that runs, while another window changes it.
    [
      act('start', 11),
      click(inPanel('button'), 0),
      act('plan', 77),
      fill(inDialog('field')),
      click(inDialog('button'), 4),
      click((one) => inDialog('button')(one) && one.name.length < 20),
    ],
    // Another namespace.
    [
      (sight) =>
        on(
          sight,
          (one) => one.role === 'select' && one.area === 'sidebar',
          0,
          (at) => ({ kind: 'choose', at, key: 'ArrowDown' }),
        ),
      fill((one) => one.area === 'sidebar' && one.role === 'field', 'team-b'),
      answer('late'),
      key('Enter'),
      click(isCluster),
      deliver,
    ],
    // A kubeconfig.
    [
      click((one) => one.area === 'rail' && !isCluster(one)),
      fill(inDialog('textarea')),
      answer('late'),
      click(inDialog('button')),
      fill(inDialog('textarea')),
      deliver,
      click((one) => inDialog('button')(one), 2),
    ],
    // News of a release that ended long ago, of one that fails and is mended.
    [act('long-ago'), click(isService), act('long-ago'), click(inPanel('tab'), 0)],
    [
      act('start', 12),
      act('stumble'),
      wait(100),
      act('stumble'),
      (): Move => ({ kind: 'cut' }),
      wait(400),
      wait(6_000),
    ],
    [act('endpoints', 40), act('start', 13), act('move-on'), key('Control+Backspace')],
    [(): Move => ({ kind: 'size', width: 1440, height: 900, scale: dice.pick([1, 1.25, 2]) }), wait(100)],
    [act('start', 14), act('driver', 1), click((one) => one.area === 'sidebar' && one.role === 'button', 1)],
  ]
  return dice.pick(errands)
}
