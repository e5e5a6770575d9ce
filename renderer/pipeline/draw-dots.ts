export type Grid = { readonly columns: number; readonly rows: number; readonly step: number }
/** Pixels of the screen to one of the page. */
type Scaled = { readonly scale: number }

const widestStep = 18
const narrowestStep = 14

/** As large as the card allows, so that a row holds `most` dots in a narrow window, too. */
export function gridOf(pods: number, width: number, most: number): Grid {
  const step = Math.min(widestStep, Math.max(narrowestStep, Math.floor(width / most)))
  const columns = Math.max(1, Math.min(most, Math.floor(width / step)))
  return { columns, rows: Math.max(1, Math.ceil(pods / columns)), step }
}

/** Shape first, colour second: disc new, half disc starting, diamond failing (outlined: on the old version), ring old, dashed ring ending. */
export function drawDots(canvas: HTMLCanvasElement, letters: string, grid: Grid & Scaled): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { scale } = grid
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
      context.strokeStyle = colour('--on-fail')
      context.beginPath()
      context.moveTo(x, y - radius * 0.55)
      context.lineTo(x, y + radius * 0.15)
      context.moveTo(x, y + radius * 0.5)
      context.lineTo(x, y + radius * 0.65)
      context.stroke()
      return
    case 'x':
      context.strokeStyle = colour('--fail')
      context.moveTo(x, y - radius * 1.2)
      context.lineTo(x + radius * 1.2, y)
      context.lineTo(x, y + radius * 1.2)
      context.lineTo(x - radius * 1.2, y)
      context.closePath()
      context.moveTo(x, y - radius * 0.5)
      context.lineTo(x, y + radius * 0.1)
      context.moveTo(x, y + radius * 0.4)
      context.lineTo(x, y + radius * 0.55)
      context.stroke()
      return
    case 'e':
      context.strokeStyle = colour('--v-old-line')
      context.setLineDash([2, 1.7])
      context.arc(x, y, radius * 0.92, 0, Math.PI * 2)
      context.stroke()
      context.setLineDash([])
      context.beginPath()
      context.moveTo(x - radius * 0.4, y)
      context.lineTo(x + radius * 0.4, y)
      context.stroke()
      return
    default:
      context.strokeStyle = colour('--v-old-line')
      context.arc(x, y, radius * 0.92, 0, Math.PI * 2)
      context.stroke()
  }
}
