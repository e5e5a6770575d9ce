import {
  Activity,
  ArrowDown,
  ArrowRight,
  Bell,
  BellOff,
  Check,
  ChevronDown,
  ChevronRight,
  ChevronUp,
  ChevronsRight,
  CircleCheck,
  Clock,
  Copy,
  FileText,
  Gauge,
  Globe,
  GraduationCap,
  Hand,
  Hourglass,
  Info,
  KeyRound,
  List,
  Lock,
  LockOpen,
  Minus,
  Monitor,
  Moon,
  OctagonMinus,
  PanelLeft,
  Pause,
  Pencil,
  Play,
  Plug,
  Plus,
  RotateCw,
  Search,
  SkipForward,
  Square,
  SquareTerminal,
  Sun,
  TriangleAlert,
  Undo2,
  Unplug,
  X,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Shapes of our own where the shape is the state: each state has its own outline, so that colour is never needed. */
const drawn = {
  mark: (
    <g fill="currentColor" stroke="none">
      <rect x="2" y="4" width="6" height="4.5" rx="1.5" />
      <rect x="2" y="10" width="13" height="4.5" rx="1.5" />
      <rect x="2" y="16" width="20" height="4.5" rx="1.5" />
    </g>
  ),
  fail: (
    <>
      <path d="M12 2.2 21.8 12 12 21.8 2.2 12z" />
      <path d="M12 7.5v5.4M12 16.1v.2" />
    </>
  ),
  roll: (
    <>
      <circle cx="12" cy="12" r="9" opacity=".35" />
      <path d="M12 3a9 9 0 0 1 9 9" strokeWidth="3" />
    </>
  ),
  idle: <circle cx="12" cy="12" r="9.2" strokeDasharray="3.3 3.1" />,
  back: (
    <>
      <circle cx="12" cy="12" r="9" opacity=".35" />
      <path d="M12 3a9 9 0 0 0-9 9" strokeWidth="3" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>

const taken = {
  check: Check,
  done: CircleCheck,
  hand: Hand,
  bake: Hourglass,
  block: OctagonMinus,
  warn: TriangleAlert,
  pause: Pause,
  stop: Square,
  undo: Undo2,
  retry: RotateCw,
  skip: SkipForward,
  play: Play,
  plus: Plus,
  minus: Minus,
  search: Search,
  lock: Lock,
  unlock: LockOpen,
  globe: Globe,
  sun: Sun,
  moon: Moon,
  monitor: Monitor,
  down: ChevronDown,
  up: ChevronUp,
  right: ChevronRight,
  arrow: ArrowRight,
  'arrow-down': ArrowDown,
  copy: Copy,
  clock: Clock,
  side: PanelLeft,
  key: KeyRound,
  train: GraduationCap,
  info: Info,
  close: X,
  list: List,
  log: SquareTerminal,
  plug: Plug,
  unplug: Unplug,
  all: ChevronsRight,
  pencil: Pencil,
  file: FileText,
  speed: Gauge,
  pulse: Activity,
  bell: Bell,
  'bell-off': BellOff,
} as const satisfies Readonly<Record<string, LucideIcon>>

export type IconName = keyof typeof drawn | keyof typeof taken

function isDrawn(name: IconName): name is keyof typeof drawn {
  return name in drawn
}

/** An icon beside words; it says nothing to screen readers, the words do. */
export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }) {
  const classes = `ic ${className}`.trimEnd()
  if (!isDrawn(name)) {
    const Taken = taken[name]
    return <Taken className={classes} strokeWidth={2} aria-hidden="true" />
  }
  return (
    <svg
      className={classes}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawn[name]}
    </svg>
  )
}
