import type { KubeconfigReport as Report } from '../../shared/model/kubeconfig-report.ts'
import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { CommandWords } from './command-words.tsx'

/** What a kubeconfig would bring, and first of all what it would run. */
export function KubeconfigReport({ report }: { readonly report: Report }) {
  const { kubeconfig: words } = useWords()
  const said = useFaultSentence()
  const runs = report.contexts.filter((one) => one.runs !== undefined)
  return (
    <section className="kubeconfig-report">
      <h3>{report.contexts.length === 0 ? words.nothing : words.brings(report.contexts.length)}</h3>
      {report.contexts.length === 0 ? null : runs.length === 0 ? (
        <p className="runs-none">
          <Icon name="done" />
          {words.runsNone}
        </p>
      ) : (
        <div className="runs">
          <p>
            <Icon name="warn" />
            <b>{words.runs(runs.length)}</b> {words.runsWhy}
          </p>
          <ul>
            {runs.map(({ name, file, runs: run }) => (
              <li key={`${file} ${name}`}>
                <b>{name}</b>
                <code>{run === undefined ? null : <CommandWords words={[run.command, ...run.args]} />}</code>
                {run === undefined || run.env.length === 0 ? null : (
                  <span className="dim">{words.env(run.env.join(', '))}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className="brings">
        {report.contexts.map((one) => (
          <li key={`${one.file} ${one.name}`}>
            <b>{one.name}</b>
            <span className="dim">{words.signsIn(words.signIn[one.signIn])}</span>
            <span className="mono">{one.server}</span>
            {one.warnings.map((warning) => (
              <span key={said(warning)} className="brings-warning">
                <Icon name="warn" />
                {said(warning)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {report.problems.map((problem) => (
        <p key={said(problem)} className="brings-warning">
          <Icon name="warn" />
          {said(problem)}
        </p>
      ))}
    </section>
  )
}
