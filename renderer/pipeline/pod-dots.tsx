import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../stores/store-context.tsx'
import { drawDots, gridOf } from './draw-dots.ts'

/** The pods of one batch, one dot each, on one canvas: thousands of elements would stop the page. */
export function PodDots({ letters, width }: { readonly letters: string; readonly width: number }) {
  const { pipeline } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useUi((state) => state.theme)
  const grid = gridOf(letters.length, width)
  useEffect(() => {
    // A frame later: the colours of a theme that was just switched to are there only then.
    const frame = requestAnimationFrame(() => {
      if (canvas.current !== null) drawDots(canvas.current, letters, grid)
    })
    return () => cancelAnimationFrame(frame)
  })
  const count = (letter: string) => letters.split(letter).length - 1
  const label = pipeline.dots(count)
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      title={label}
      data-theme-drawn={theme}
      style={{ width: grid.columns * grid.step, height: grid.rows * grid.step }}
    />
  )
}
