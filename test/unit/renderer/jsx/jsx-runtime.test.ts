import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { jsxDEV } from '../../../../renderer/jsx/jsx-dev-runtime.ts'
import { jsx, jsxs } from '../../../../renderer/jsx/jsx-runtime.ts'
import { Middle } from '../../../../renderer/parts/middle.tsx'
import { piecesOf, visiblePlain } from '../../../../shared/visible.ts'

/** All that hides, or turns what stands beside it. Our own isolates stand in attributes only, in pairs. */
const active = /(?![\n\t\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u

function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

test.each([
  ['gov\u202edorp', '<p>gov<span class="unseen">\\u202e</span>dorp</p>'],
  ['pro\u200bd', '<p>pro<span class="unseen">\\u200b</span>d</p>'],
  ['\u001b[2J', '<p><span class="unseen">\\x1b</span>[2J</p>'],
  ['a\r\nb\rc', '<p>a\nb<span class="unseen">\\r</span>c</p>'],
  ['pro\u3164d', '<p>pro<span class="unseen">\\u3164</span>d</p>'],
  ['批次 1：é 🚢 ❤️', '<p>批次 1：é 🚢 ❤️</p>'],
  ['two\n\tlines', '<p>two\n\tlines</p>'],
  ['שלום 16/1', '<p><bdi>שלום</bdi> 16/1</p>'],
  // From and to stay in their order, whatever letters they have.
  ['אב → גד', '<p><bdi>אב</bdi> → <bdi>גד</bdi></p>'],
  ['אב גד', '<p><bdi>אב גד</bdi></p>'],
  ['א\u200bב', '<p><bdi>א</bdi><span class="unseen">\\u200b</span><bdi>ב</bdi></p>'],
])('%j is put on the page as %s', (text, shown) => {
  expect(renderToStaticMarkup(jsx('p', { children: text }))).toBe(shown)
})

test('whatever others have written, in the text of an element, in a list or in what is read aloud, it hides nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const made = [
        jsx('p', { children: text }),
        jsxs('p', { children: ['to ', text] }),
        jsxs('ul', {
          children: [[text, text].map((one, index) => jsx('li', { children: one }, index)), text],
        }),
        jsx('option', { children: text }),
        jsx(Middle, { text, from: 1 }),
        jsx(Middle, { text, from: 10_000 }),
        jsxDEV('p', { children: text }, undefined, false),
      ]
      for (const element of made)
        expect(textOf(renderToStaticMarkup(element))).not.toMatch(hiding(element.type))
      for (const name of ['title', 'placeholder', 'aria-label', 'aria-valuetext']) {
        const markup = renderToStaticMarkup(jsx('input', { [name]: text }))
        expect(markup.replaceAll(/[\u2068\u2069]/g, '')).not.toMatch(active)
      }
    }),
  )
})

/** An option holds text alone: there the isolates are characters. */
function hiding(type: unknown): RegExp {
  return type === 'option' ? /(?![\n\t\ufe0e\ufe0f\u2068\u2069])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u : active
}

test('what has been made harmless once stays as it is: components hand texts on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = visiblePlain(text)
      expect(visiblePlain(once)).toBe(once)
    }),
  )
  expect(visiblePlain('אב (1)')).toBe('\u2068אב\u2069 (1)')
})

test('each letter that is looked at no further hides and turns nothing', () => {
  const looked =
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{DI}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
  const stay = ['\t', '\n', '\ufe0e', '\ufe0f']
  const missed = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (letter) => looked.test(letter) && !stay.includes(letter) && piecesOf(letter)[0]?.kind === 'plain',
  )
  expect(missed).toEqual([])
})

test('words without anything in them cost nothing: the very same properties are handed on', () => {
  const props = { className: 'x', title: 'web-1', children: ['batch ', 1, ' 批次'] }
  const made = jsxs('p', props)
  expect(made.props).toBe(props)
})

test('what is typed, and what names an element, is nobody else’s to change', () => {
  const markup = renderToStaticMarkup(
    jsx('input', { id: 'a\u200bb', value: 'a\u200bb', readOnly: true, title: 'a\u200bb' }),
  )
  expect(markup).toContain('id="a\u200bb"')
  expect(markup).toContain('value="a\u200bb"')
  expect(markup).toContain('title="a\\u200bb"')
})
