/** How a connection stands: dot, triangle, hollow triangle, ring, arc, key plate (twice), cross, diamond. */
export type ConnectionLook =
  'live' | 'stale' | 'resting' | 'idle' | 'connecting' | 'key' | 'login' | 'unreachable' | 'failed'

function shape(look: ConnectionLook) {
  switch (look) {
    case 'live':
      return <circle cx="6" cy="6" r="4" className="mark-fill" />
    case 'stale':
      return <path d="M6 1.2 11.2 10.6H.8z" className="mark-fill" />
    case 'resting':
      return <path d="M6 2.2 10.4 10H1.6z" className="mark-line" />
    case 'failed':
      return <path d="M6 .8 11.2 6 6 11.2.8 6z" className="mark-fill" />
    case 'unreachable':
      return <path d="m2 2 8 8M10 2l-8 8" className="mark-line mark-thick" />
    case 'key':
    case 'login':
      return (
        <>
          <rect x="1" y="1" width="10" height="10" rx="2" className="mark-fill" />
          <path d="M3.4 6h5.2M6.8 6v1.9" className="mark-cut" />
        </>
      )
    case 'connecting':
      return (
        <>
          <circle cx="6" cy="6" r="4" className="mark-pale" />
          <path d="M6 2a4 4 0 0 1 4 4" className="mark-line" />
        </>
      )
    case 'idle':
      return <circle cx="6" cy="6" r="3.6" className="mark-line" />
  }
}

/** The shape of a connection's state; the word stands beside it or in the name of its button. */
export function ConnectionMark({ look }: { readonly look: ConnectionLook }) {
  return (
    <svg className={`mark mark-${look}`} viewBox="0 0 12 12" aria-hidden="true">
      {shape(look)}
    </svg>
  )
}
