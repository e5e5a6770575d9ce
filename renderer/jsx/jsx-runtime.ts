import type { ElementType, Key, ReactElement } from 'react'
import * as react from 'react/jsx-runtime'
import { shownProps, type Props } from './shown-props.ts'
import { shownText } from './shown-text.ts'

export { Fragment, type JSX } from 'react/jsx-runtime'

/**
 * What every element of the page is made with: the compiler turns `<p>{name}</p>` into a call of this. So there is no
 * place that could put the words of a cluster, a kubeconfig or a plugin on the page as they are.
 */
export function jsx(type: ElementType, props: Props, key?: Key): ReactElement {
  return react.jsx(type, shownProps(type, props, shownText), key)
}

export function jsxs(type: ElementType, props: Props, key?: Key): ReactElement {
  return react.jsxs(type, shownProps(type, props, shownText), key)
}
