import type { FaultSentence } from '../../shared/fault-sentence.ts'
import type { TemplateDiff } from '../../shared/model/template-preview.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { groupDiffs, type DiffGroup } from './group-diffs.ts'

type Changes = { readonly batches: readonly TemplateDiff[]; readonly refused?: FaultSentence }

/** What an edited template changes, in lines with their signs, once for all batches that change alike. */
export function TemplateDiffs({ changes }: { readonly changes: Changes }) {
  const { change: words } = useWords()
  const said = useFaultSentence()
  return (
    <div className="diff-list">
      {changes.refused === undefined ? null : (
        <p className="dialog-warning">
          <Icon name="warn" />
          <span>
            {words.template.refused} <span className="mono">{said(changes.refused)}</span>
          </span>
        </p>
      )}
      {groupDiffs(changes.batches).map((group) => (
        <Diff key={group.batches.join()} group={group} />
      ))}
    </div>
  )
}

function Diff({ group }: { readonly group: DiffGroup }) {
  const { change: words } = useWords()
  const title = words.template.onBatches(ranges(group.batches), group.batches.length)
  return (
    <section aria-label={title}>
      <h3>
        {title}
        <span>
          {group.hunks.length === 0 ? words.template.same : words.template.count(group.added, group.removed)}
        </span>
      </h3>
      {group.hunks.length === 0 ? null : (
        <div className="diff" role="group" aria-label={title} tabIndex={0}>
          {group.hunks.map((hunk) => (
            <pre key={hunk.line}>
              <i>{words.template.line(hunk.line)}</i>
              {hunk.lines.map((line, index) => (
                <code key={index} className={looks[line.charAt(0)] ?? ''}>
                  {`${line.charAt(0)} ${line.slice(1)}`}
                </code>
              ))}
            </pre>
          ))}
        </div>
      )}
    </section>
  )
}

const looks: Readonly<Record<string, string>> = { '+': 'diff-added', '-': 'diff-removed' }
