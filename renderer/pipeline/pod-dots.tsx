import { memo, useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../stores/store-context.tsx'
import { drawDots, gridOf } from './draw-dots.ts'
import { countPods } from './pod-counts.ts'
import { useDark } from './use-dark.ts'
import { usePixelRatio } from './use-pixel-ratio.ts'

/** More than these are counted instead of drawn. */
export const mostDots = 64
const padding = 24

type PodDotsProps = {
  readonly letters: string
  /** Of the card. */
  readonly width: number
  /** One batch has the room for twice as many in a row. */
  readonly only: boolean
}

/** The pods of one batch, one dot each, on one canvas: thousands of elements would stop the page. */
export const PodDots = memo(function PodDots({ letters, width, only }: PodDotsProps) {
  const { pipeline } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useUi((state) => state.theme)
  const dark = useDark()
  const scale = usePixelRatio()
  const { columns, rows, step } = gridOf(letters.length, width - padding, only ? 16 : 8)
  useEffect(() => {
    // A frame later: the colours of a theme that was just switched to are there only then.
    const frame = requestAnimationFrame(() => {
      if (canvas.current !== null) drawDots(canvas.current, letters, { columns, rows, step, scale })
    })
    return () => cancelAnimationFrame(frame)
  }, [letters, columns, rows, step, scale, theme, dark])
  const label = pipeline.dots(countPods(letters))
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      title={label}
      style={{ width: columns * step, height: rows * step }}
    />
  )
})
