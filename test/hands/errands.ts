import type { Dice } from '../simulation/dice.ts'
import { aim } from './aim.ts'
import { chooseText, huge } from './choose-text.ts'
import type { Aim, Move } from './move.ts'
import type { Sight } from './open-window.ts'
import type { Control } from './probe/seen.ts'

/** One move of an errand, by what stands on the screen when its turn has come; nothing where it makes no sense. */
export type Errand = readonly Making[]

type Which = (control: Control) => boolean
type Act = Extract<Move, { kind: 'world' }>['act']
type Making = (sight: Sight) => Move | undefined

const inPanel =
  (role: string): Which =>
  (one) =>
    one.area === 'panel' && one.role === role
const inDialog =
  (role: string): Which =>
  (one) =>
    one.area === 'dialog' && one.role === role
const inMain =
  (role: string): Which =>
  (one) =>
    one.area === 'main' && one.role === role
const withClass =
  (name: string): Which =>
  (one) =>
    one.classes.split(' ').includes(name)
const cluster = withClass('rail-entry')
const service = withClass('service-row')
const another: Which = (one) => service(one) && !one.current
const open: Which = (one) => service(one) && one.current
const field: Which = (one) => inPanel('field')(one) && one.type === 'text'
const size: Which = (one) => inMain('field')(one) && one.type === 'number'
const verb: Which = (one) => one.area === 'panel' && one.verb !== ''
const row: Which = (one) => withClass('action-row')(one) && one.verb === ''

const key = (name: string) => (): Move => ({ kind: 'key', key: name })
const wait = (): Move => ({ kind: 'wait', ms: 400 })
const answer = (manner: Extract<Move, { kind: 'answer' }>['manner']) => (): Move => ({
  kind: 'answer',
  manner,
  times: 1,
})
const deliver = (): Move => ({ kind: 'deliver', index: 0 })
const cut = (): Move => ({ kind: 'cut' })

/**
 * What people come to the page for, a few moves each; in between the hands slip and the world moves on. Controls go by
 * what they are and where they stand, so that a page that is built otherwise is played with too.
 */
export function chooseErrand(dice: Dice): Errand {
  const made = makings(dice)
  const all: readonly (readonly (readonly Making[])[])[] = [
    versionErrands(made),
    sizeErrands(dice, made),
    releaseErrands(dice, made),
    readingErrands(dice, made),
    clusterErrands(dice, made),
  ]
  const group = dice.anyOf(all) ?? []
  return dice.anyOf(group) ?? []
}

type Makings = ReturnType<typeof makings>

function makings(dice: Dice) {
  function on(which: Which, nth: number | undefined, move: (at: Aim, control: Control) => Move): Making {
    return ({ controls }) => {
      const found = controls.filter((one) => one.enabled && which(one))
      const control = nth === undefined ? dice.anyOf(found) : found.at(nth)
      return control === undefined ? undefined : move(aim(controls, control), control)
    }
  }
  return {
    click: (which: Which, nth?: number) =>
      on(which, nth, (at) => ({ kind: 'click', at, button: 'left', times: 1 })),
    fill: (which: Which, text?: string) =>
      on(which, undefined, (at, control) => ({
        kind: 'fill',
        at,
        text: text ?? chooseText(dice, control),
        by: 'pasting',
      })),
    empty: (which: Which) => on(which, undefined, (at) => ({ kind: 'empty', at })),
    hold: (which: Which) => on(which, undefined, (at) => ({ kind: 'hold', at, key: 'Enter', repeats: 5 })),
    choose: (which: Which, name: 'ArrowDown' | 'End') =>
      on(which, 0, (at) => ({ kind: 'choose', at, key: name })),
    drag: (by: number, button: 'left' | 'right' = 'left') =>
      on(
        (one) => one.role === 'slider' || one.role === 'range',
        undefined,
        (at) => ({ kind: 'drag', at, by, button }),
      ),
    world:
      (act: Act, number = 1 + dice.below(40), batch = dice.below(4)) =>
      (): Move => ({ kind: 'world', act, place: 'shown', batch, number }),
    at: (where: number, act: Act) => (): Move => ({
      kind: 'world',
      act,
      place: { cluster: where, namespace: 0, service: 0 },
      batch: 0,
      number: 1,
    }),
  }
}

/** Another version, another image, another template. */
function versionErrands({ click, fill, empty, world }: Makings): readonly (readonly Making[])[] {
  const typed = [click(service), click(inPanel('tab'), 0), fill(field)]
  return [
    [...typed, wait, key('Control+Enter'), click(another)],
    [...typed, wait, answer('late'), key('Control+Enter'), click(another), fill(field), deliver],
    [...typed, wait, answer('late-refused'), key('Control+Enter'), click(another), deliver],
    [...typed, click(open)],
    [...typed, click(withClass('link'), 0), empty(field), wait, wait, key('Control+Enter')],
    [
      click(inPanel('radio'), 2),
      click(inPanel('button'), 0),
      fill(inDialog('textarea'), 'spec:\n  first: 1\n'),
      answer('late'),
      click(inDialog('button'), -1),
      fill(inDialog('textarea'), 'spec:\n  second: 2\n'),
      deliver,
      click(inDialog('button'), -1),
      wait,
      key('Control+Enter'),
    ],
    [
      click(inPanel('radio'), 2),
      click(inPanel('button'), 0),
      fill(inDialog('textarea')),
      world('write'),
      click(inDialog('button'), -1),
      click(inDialog('button'), -1),
      wait,
      key('Control+Enter'),
    ],
    [
      click(inPanel('radio'), 2),
      click(inPanel('button'), 0),
      world('service'),
      wait,
      click(another),
      key('Control+k'),
    ],
  ]
}

/** Sizes, while others scale too. */
function sizeErrands(
  dice: Dice,
  { click, fill, empty, drag, world }: Makings,
): readonly (readonly Making[])[] {
  const some = dice.pick([0, 0, 1, 3, 40, 2_000])
  return [
    [click(service), drag(dice.pick([-60, 90])), world('scale', some), wait, key('Control+Enter')],
    [
      click(another),
      world('scale', 0, 0),
      world('scale', 0, 1),
      click(inMain('button')),
      click(inMain('button')),
      click(inMain('button')),
    ],
    [click(another), fill(size), wait, key('Control+Enter')],
    [click(another), fill(size, '999999999'), wait, key('Control+Enter')],
    [empty(size)],
    [drag(120, 'right')],
    [world('start'), drag(60), wait, click(row), world('move-on'), click(row)],
    [
      world('start'),
      world('planned', 9),
      world('pause'),
      click(row),
      fill(field),
      wait,
      key('Control+Enter'),
      click(inDialog('button'), -1),
    ],
  ]
}

/** The verbs of a release, its plan, and its end. */
function releaseErrands(dice: Dice, { click, fill, hold, world }: Makings): readonly (readonly Making[])[] {
  const begun = [world('start'), world('move-on')]
  return [
    [...begun, hold(verb), wait],
    [...begun, answer('refused'), key('Control+Enter'), world('pause'), wait, world('pause')],
    [...begun, answer('late-refused'), click(verb), click(inDialog('button'), -1), key('Escape'), deliver],
    [
      ...begun,
      answer('late'),
      click(verb),
      click(inDialog('button'), -1),
      key('Escape'),
      click(verb),
      deliver,
    ],
    [...begun, click(verb), world('start'), click(inDialog('button'), -1)],
    [...begun, world('driver', 1), click(row), wait, world('start'), world('driver', 1)],
    [
      world('start'),
      click(withClass('plan-edit')),
      world('plan', 77),
      fill(inDialog('field'), '45'),
      click(inDialog('button'), -1),
    ],
    [...begun, key('Control+k'), click(inDialog('option'), dice.below(9)), wait],
    [...begun, click(row), fill(field), key('Control+k'), click(inDialog('option'), dice.below(6)), wait],
    [
      key('Control+k'),
      key('ArrowDown'),
      key('ArrowDown'),
      world(dice.pick(['start', 'driver', 'pause'])),
      key('Enter'),
    ],
    [...begun, world('surge', 30), world('move-on'), world('start'), world('surge', 30, 0)],
    [world('start'), world('stumble'), wait, world('stumble'), cut, wait, wait],
    [world('long-ago'), click(inPanel('tab'), 0)],
    [...begun, click((one) => one.area === 'sidebar' && one.role === 'button', 1)],
  ]
}

/** What is only looked at. */
function readingErrands(dice: Dice, { click, fill, choose, world }: Makings): readonly (readonly Making[])[] {
  const logs = [click(inPanel('tab'), 3), choose(inPanel('select'), 'ArrowDown')]
  return [
    [
      click(inPanel('tab'), 4),
      wait,
      wait,
      fill(field, dice.pick(['2026-02-31 10:00', '2026-11-24 10:30', '10:30'])),
      key('Enter'),
    ],
    [
      world('start'),
      world('move-on'),
      click(inPanel('tab'), 4),
      wait,
      wait,
      click(field),
      key('Control+Enter'),
    ],
    [world('start'), world('move-on'), key('/'), key('Control+Enter')],
    [...logs, click(another), wait],
    [...logs, click(cluster), click(service), click(inPanel('tab'), 3)],
    [
      fill(field, 'v2'),
      ...logs,
      wait,
      answer('refused'),
      key('Control+Enter'),
      click((one) => one.area === 'panel' && withClass('link')(one)),
      click(inPanel('tab'), 3),
      wait,
    ],
    [(): Move => ({ kind: 'size', width: 1440, height: 900, scale: dice.pick([1, 1.25, 2]) }), wait],
  ]
}

/** Clusters, namespaces and kubeconfigs. */
function clusterErrands(dice: Dice, { click, fill, choose, at }: Makings): readonly (readonly Making[])[] {
  const add = [click(withClass('rail-add')), fill(inDialog('textarea'))]
  return [
    [
      at(3, 'sign-in-first'),
      at(4, 'sign-in-first'),
      click(cluster, 3),
      fill(inMain('field'), 'hunter2'),
      click(cluster, 4),
      click(inMain('button'), 0),
    ],
    [click(cluster), key('Control+Enter'), click(inMain('button')), fill(inMain('field')), key('Enter')],
    [
      choose((one) => one.role === 'select' && one.area === 'sidebar', 'End'),
      fill((one) => one.area === 'sidebar' && one.type === 'text', dice.pick(['team-b', 'payments'])),
      answer('late'),
      key('Enter'),
      click(cluster),
      deliver,
    ],
    [
      ...add,
      answer('late'),
      click(inDialog('button'), 0),
      fill(inDialog('textarea'), 'apiVersion: v1\nkind: Config\n# other\n'),
      deliver,
      click(inDialog('button'), -1),
    ],
    [...add, click(inDialog('button'), 0), click(inDialog('button'), -1)],
    [click(withClass('rail-add')), fill(inDialog('textarea'), huge), click(inDialog('button'), 0)],
    [(): Move => ({ kind: 'drop', what: dice.pick(['folder', 'several', 'huge', 'broken']) }), wait],
  ]
}
