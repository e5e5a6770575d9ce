import { useEffect, useRef, useState } from 'react'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useCommand } from '../stores/use-command.ts'

type SignInProps = {
  readonly connection: ClusterView['id']
  readonly signIn: NonNullable<ClusterView['signIn']>
}

/** What the program that signs in says just now: the address and the code to be entered, or its question. */
export function SignIn({ connection, signIn }: SignInProps) {
  const { kubeconfig: words } = useWords()
  return (
    <section className="sign-in" aria-label={words.says(signIn.command)}>
      <h2>
        <Icon name="log" />
        {words.says(signIn.command)}
      </h2>
      <div className="mono sign-in-lines" role="log" tabIndex={0}>
        {signIn.lines.length === 0 ? (
          <p className="dim">{words.quiet}</p>
        ) : (
          signIn.lines.map((line, index) => <p key={index}>{line}</p>)
        )}
      </div>
      {signIn.reads ? (
        // A line that is being typed belongs to this run of this program.
        <Answer
          key={`${connection} ${String(signIn.run)}`}
          connection={connection}
          run={signIn.run}
          secret={asksForSecret(signIn.lines)}
        />
      ) : null}
    </section>
  )
}

/** What is asked for may be read over one's shoulder. */
function asksForSecret(lines: readonly string[]): boolean {
  return /pass|pin|secret|token|密码|口令/i.test(lines.at(-1) ?? '')
}

type AnswerProps = {
  readonly connection: ClusterView['id']
  readonly run: number
  readonly secret: boolean
}

function Answer({ connection, run, secret }: AnswerProps) {
  const { kubeconfig: words } = useWords()
  const answer = useCommand('cluster/answer')
  const [line, setLine] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className="answer-row"
      onSubmit={(event) => {
        event.preventDefault()
        setLine('')
        void answer.call({ connection, run, line })
      }}
    >
      <input
        ref={field}
        className="text-field mono"
        type={secret ? 'password' : 'text'}
        aria-label={words.answer}
        autoComplete="off"
        spellCheck={false}
        value={line}
        onChange={(event) => setLine(event.target.value)}
      />
      <button type="submit" className="btn strong" aria-busy={answer.busy}>
        {words.send}
      </button>
      {answer.fault === undefined ? null : <FaultLine fault={answer.fault} />}
    </form>
  )
}
