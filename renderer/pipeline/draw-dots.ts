export type Grid = { readonly columns: number; readonly rows: number; readonly step: number }

const largeStep = 18
const smallStep = 9
/** Above so many pods the dots get small, so that a card keeps its height. */
const manyPods = 64

export function gridOf(pods: number, width: number): Grid {
  const step = pods > manyPods ? smallStep : largeStep
  const columns = Math.max(1, Math.floor(width / step))
  return { columns, rows: Math.max(1, Math.ceil(pods / columns)), step }
}

/** Shape first, colour second: disc new, half disc starting, diamond failing, ring old, dashed ring ending. */
export function drawDots(canvas: HTMLCanvasElement, letters: string, grid: Grid): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const scale = devicePixelRatio
  canvas.width = grid.columns * grid.step * scale
  canvas.height = grid.rows * grid.step * scale
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name)
  const radius = grid.step * 0.34
  context.lineWidth = Math.max(1, grid.step / 11)
  for (let index = 0; index < letters.length; index++) {
    const x = (index % grid.columns) * grid.step + grid.step / 2
    const y = Math.floor(index / grid.columns) * grid.step + grid.step / 2
    drawDot(context, letters.charAt(index), { x, y, radius, colour })
  }
}

type Spot = {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly colour: (name: string) => string
}

function drawDot(context: CanvasRenderingContext2D, letter: string, { x, y, radius, colour }: Spot): void {
  context.setLineDash([])
  context.beginPath()
  switch (letter) {
    case 'n':
      context.fillStyle = colour('--v-new')
      context.arc(x, y, radius, 0, Math.PI * 2)
      context.fill()
      return
    case 's':
      context.strokeStyle = colour('--v-new')
      context.fillStyle = colour('--v-new')
      context.arc(x, y, radius, 0, Math.PI * 2)
      context.stroke()
      context.beginPath()
      context.arc(x, y, radius, -Math.PI / 2, Math.PI / 2)
      context.fill()
      return
    case 'f':
      context.fillStyle = colour('--fail')
      context.moveTo(x, y - radius * 1.3)
      context.lineTo(x + radius * 1.3, y)
      context.lineTo(x, y + radius * 1.3)
      context.lineTo(x - radius * 1.3, y)
      context.fill()
      return
    case 'e':
      context.strokeStyle = colour('--v-old-line')
      context.setLineDash([2, 1.7])
      context.arc(x, y, radius, 0, Math.PI * 2)
      context.stroke()
      return
    default:
      context.strokeStyle = colour('--v-old-line')
      context.arc(x, y, radius * 0.92, 0, Math.PI * 2)
      context.stroke()
  }
}
