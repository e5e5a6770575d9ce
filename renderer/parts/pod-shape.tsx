export type PodShapeKind = 'new' | 'starting' | 'failing' | 'failing-old' | 'old' | 'ready' | 'ending'

function shape(kind: PodShapeKind) {
  switch (kind) {
    case 'new':
      return <circle cx="7" cy="7" r="5.6" className="pod-fill" />
    case 'old':
    case 'ready':
      return <circle cx="7" cy="7" r="4.7" className="pod-line" />
    case 'starting':
      return (
        <>
          <circle cx="7" cy="7" r="4.9" className="pod-line" />
          <path d="M7 2.1a4.9 4.9 0 0 1 0 9.8z" className="pod-fill" />
        </>
      )
    case 'failing':
      return (
        <>
          <path d="M7 .3 13.7 7 7 13.7.3 7z" className="pod-fill" />
          <path d="M7 4v3.4M7 9.6v.1" className="pod-mark" />
        </>
      )
    case 'failing-old':
      return (
        <>
          <path d="M7 1 13 7 7 13 1 7z" className="pod-line" />
          <path d="M7 4v3.4M7 9.6v.1" className="pod-line" />
        </>
      )
    case 'ending':
      return (
        <>
          <circle cx="7" cy="7" r="4.7" className="pod-line" strokeDasharray="2 1.7" />
          <path d="M4.9 7h4.2" className="pod-line" />
        </>
      )
  }
}

/** A pod's state by shape first, colour second: disc, half disc, diamond (outlined: on the old version), ring,
 * dashed ring. */
export function PodShape({ kind, label }: { readonly kind: PodShapeKind; readonly label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg className={`pod pod-${kind}`} viewBox="0 0 14 14" {...named}>
      {shape(kind)}
    </svg>
  )
}
