export type MiniBarPart = { readonly pods: number; readonly fresh: number; readonly failing: boolean }

/** A small picture of the batches: width = pods, filled = new, red = the rest of a failing batch. Decoration: the words say it too. */
export function MiniBar({ parts }: { readonly parts: readonly MiniBarPart[] }) {
  return (
    <span className="mini-bar" aria-hidden="true">
      {parts.map((part, index) => (
        <span key={index} className="mini-part" style={{ flexGrow: Math.max(1, part.pods) }}>
          <i className="mini-new" style={{ flexGrow: part.fresh }} />
          <i
            className={part.failing ? 'mini-failing' : 'mini-old'}
            style={{ flexGrow: Math.max(0, part.pods - part.fresh) }}
          />
        </span>
      ))}
    </span>
  )
}
