import { expect, test } from 'vitest'
import { ErrorBoundary } from '../../../../renderer/parts/error-boundary.tsx'

const props = (subject: unknown) => ({ subject, children: 'picture', fallback: (message: string) => message })
/** What React does with a boundary whose children threw, and then with its next props. */
function after(subject: unknown, next: unknown) {
  const broken = { subject, ...ErrorBoundary.getDerivedStateFromError(new Error('no room')) }
  return { ...broken, ...ErrorBoundary.getDerivedStateFromProps(props(next), broken) }
}

test('a part that could not be drawn says so as long as it is about the same', () => {
  const selection = { service: 'demo' }
  expect(after(selection, selection)).toEqual({ subject: selection, message: 'no room' })
})

test('another subject is drawn anew', () => {
  const next = { service: 'other' }
  expect(after({ service: 'demo' }, next)).toEqual({ subject: next, message: undefined })
})
