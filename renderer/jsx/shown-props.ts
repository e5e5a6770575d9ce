import type { ReactNode } from 'react'
import { visiblePlain } from '../../shared/visible.ts'

export type Props = Readonly<Record<string, unknown>>

/** Attributes that people read or hear. What is typed (`value`), ids and classes are no words. */
const wordAttributes: readonly string[] = [
  'title',
  'placeholder',
  'alt',
  'label',
  'data-pill',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
]
/** They hold text alone: an element in them is dropped, or can't be drawn. */
const textOnly: readonly unknown[] = ['option', 'title', 'text', 'tspan', 'textarea']

/**
 * What an element is given, with all words of others in it made harmless: in its text, in what is read aloud, and in
 * what shows when the pointer rests on it. The very same object where nothing is to be done.
 */
export function shownProps(
  type: unknown,
  props: Props,
  shownText: (text: string, key: string) => ReactNode,
): Props {
  const changed: Record<string, unknown> = {}
  for (const name of wordAttributes) {
    const value = props[name]
    if (typeof value !== 'string') continue
    const shown = visiblePlain(value)
    if (shown !== value) changed[name] = shown
  }
  const { children } = props
  const shown = shownChildren(children, textOnly.includes(type) ? visiblePlain : shownText)
  if (shown !== children) changed['children'] = shown
  return Object.keys(changed).length === 0 ? props : { ...props, ...changed }
}

function shownChildren(
  children: unknown,
  shownText: (text: string, key: string) => ReactNode,
  key = '',
): unknown {
  if (typeof children === 'string') return shownText(children, key)
  if (!Array.isArray(children)) return children
  const before: readonly unknown[] = children
  let after: unknown[] | undefined
  before.forEach((child, index) => {
    const shown = shownChildren(child, shownText, `text ${String(index)}`)
    if (shown !== child) (after ??= [...before])[index] = shown
  })
  return after ?? children
}
