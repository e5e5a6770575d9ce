import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAsking } from '../../../../renderer/stores/asking.ts'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'

/** Answers are given by hand, in any order. */
function stage() {
  const open: { readonly about: string; readonly answer: (reply: Reply<string>) => void }[] = []
  const timers = new Set<() => void>()
  const asking = createAsking<string>({
    after: (_ms, run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
  })
  const about = (subject: string | undefined, occasion = '', quietMs = 0) =>
    asking.about({
      subject,
      occasion,
      quietMs,
      ask: () => new Promise((answer) => open.push({ about: `${subject ?? ''} ${occasion}`.trim(), answer })),
    })
  const answer = async (at: number, reply = ok(`about ${open[at]?.about ?? ''}`)) => {
    open[at]?.answer(reply)
    await Promise.resolve()
    await Promise.resolve()
  }
  const elapse = () => {
    for (const run of [...timers]) run()
    timers.clear()
  }
  return { asking, about, answer, elapse, open, now: () => asking.store.getState() }
}

test('an answer that comes after its subject has changed is dropped, and the new subject is asked about at once', async () => {
  const { about, answer, open, now } = stage()
  about('a')
  about('b')
  expect(open.map((one) => one.about)).toEqual(['a', 'b'])
  await answer(0)
  expect(now()).toMatchObject({ subject: 'b', value: undefined, asking: true })
  await answer(1)
  expect(now()).toMatchObject({ subject: 'b', value: 'about b', asking: false })
})

test('back at the first subject, the answer from before does not count: it was asked anew', async () => {
  const { about, answer, now } = stage()
  about('a')
  about('b')
  about('a', 'later')
  await answer(0)
  expect(now()).toMatchObject({ subject: 'a', value: undefined, asking: true })
  await answer(2)
  expect(now().value).toBe('about a later')
})

test('a new occasion asks again and keeps what is known; the older answer, come late, does not take its place', async () => {
  const { about, answer, now } = stage()
  about('a', '1')
  await answer(0)
  about('a', '2')
  expect(now()).toMatchObject({ value: 'about a 1', asking: true })
  about('a', '3')
  await answer(2)
  await answer(1)
  expect(now()).toMatchObject({ value: 'about a 3', asking: false })
})

test('a question that fails says so and keeps what was known of the same subject', async () => {
  const { about, asking, answer, now } = stage()
  about('a')
  await answer(0)
  asking.again()
  await answer(1, failedInWords('timeout', ''))
  expect(now()).toMatchObject({ value: 'about a', fault: { code: 'timeout' }, asking: false })
  asking.again()
  await answer(2)
  expect(now()).toMatchObject({ value: 'about a', fault: undefined })
})

test('the same question drawn again is not sent again, and a quiet time counts from the last change', () => {
  const { about, elapse, open } = stage()
  about('a', '1', 300)
  about('a', '1', 300)
  about('a', '2', 300)
  expect(open).toEqual([])
  elapse()
  expect(open.map((one) => one.about)).toEqual(['a 2'])
})

test('an occasion about what is known waits longer than a first question, which nobody answers for it', () => {
  const waits: number[] = []
  const asking = createAsking<string>({ after: (ms) => (waits.push(ms), () => undefined) })
  const about = (subject: string, occasion: string) =>
    asking.about({ subject, occasion, quietMs: 300, laterMs: 2_000, ask: () => Promise.resolve(ok('')) })
  about('a', '1')
  about('a', '2')
  asking.store.setState({ value: 'known' })
  about('a', '3')
  about('b', '3')
  expect(waits).toEqual([300, 300, 2_000, 300])
})

test('stopped, or without a subject, nothing is asked and nothing late is taken', async () => {
  const { about, asking, answer, elapse, open, now } = stage()
  about('a')
  about(undefined)
  await answer(0)
  expect(now()).toEqual({ subject: undefined, value: undefined, fault: undefined, asking: false })
  about('b', '', 300)
  asking.stop()
  elapse()
  expect(open).toHaveLength(1)
  // Drawn again after that, it is asked.
  about('b')
  expect(open).toHaveLength(2)
})

test('in whatever order answers come, what is shown was asked for last about what is looked at', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('about' as const), subject: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('again' as const) }),
    fc.record({ kind: fc.constant('answer' as const), at: fc.nat(9), fails: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { about, asking, answer, open, now } = stage()
      let subject = ''
      for (const one of steps) {
        if (one.kind === 'about') about((subject = one.subject))
        else if (one.kind === 'again') asking.again()
        else
          await answer(
            one.at,
            one.fails ? failedInWords('timeout', '') : ok(`about ${open[one.at]?.about ?? ''}`),
          )
        const { value } = now()
        if (value !== undefined) expect(value).toBe(`about ${subject}`)
        expect(now().subject ?? '').toBe(subject)
      }
    }),
  )
})

test('who asks again by hand waits for no quiet time', () => {
  const { asking, about, open } = stage()
  about('a', '', 300)
  expect(open).toHaveLength(0)
  asking.again()
  expect(open).toHaveLength(1)
})
