import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { piecesOf, type Piece } from '../../shared/visible.ts'

/** A text as it is put on the page: itself nearly always, else in parts of which none hides or turns another. */
export function shownText(text: string, key: string): ReactNode {
  const pieces = piecesOf(text)
  const [only] = pieces
  if (pieces.length <= 1 && (only === undefined || only.kind === 'plain')) return only?.text ?? ''
  return jsxs(Fragment, { children: pieces.map(element) }, key)
}

function element({ kind, text }: Piece, index: number): ReactNode {
  switch (kind) {
    case 'plain':
      return text
    case 'unseen':
      return jsx('span', { className: 'unseen', children: text }, index)
    case 'turning':
      return jsx('bdi', { children: text }, index)
  }
}
