import type { ElementType, Key, ReactElement } from 'react'
import * as react from 'react/jsx-dev-runtime'
import { shownProps, type Props } from './shown-props.ts'
import { shownText } from './shown-text.ts'

export { Fragment, type JSX } from 'react/jsx-dev-runtime'

type Rest = readonly [key: Key | undefined, isStatic: boolean, source?: react.JSXSource, self?: unknown]

/** The same as in `jsx-runtime.ts`, for the page while it is worked on. */
export function jsxDEV(type: ElementType, props: Props, ...rest: Rest): ReactElement {
  return react.jsxDEV(type, shownProps(type, props, shownText), ...rest)
}
