import type { Fault } from '../../../shared/fault.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import type { Secrets } from '../dial/secrets.ts'
import type { PluginTalk } from './plugin-talk.ts'
import { createRedactor, redactAll, secretsOf } from '../dial/redact.ts'

/** As many as are renewed within hours. */
const mostKnown = 64

/**
 * What this connection signs in with, known by value: servers, proxies and plugins put it into what they say of a
 * failure, and from there it would go to page, terminal, log and files.
 */
export type Withheld = {
  learn(secrets: Secrets): void
  text(from: string): string
  fault(from: Fault): Fault
}

export function createWithheld(spec: ConnectionSpec): Withheld {
  const own = secretsOf([withoutPlainEnv(spec)])
  let known: readonly string[] = []
  let redact = createRedactor(own)

  return {
    learn(secrets) {
      const unknown = valuesOf(secrets).filter((one) => !known.includes(one))
      if (unknown.length === 0) return
      known = [...known, ...unknown].slice(-mostKnown)
      redact = createRedactor([...own, ...known])
    },
    text: (from) => redact(from),
    fault: (from) => redactAll(from, redact),
  }
}

/** What a plugin says while a person signs in: some print how they were called. */
export function withheldTalk(talk: PluginTalk, { text }: Pick<Withheld, 'text'>): PluginTalk {
  return {
    begin(run) {
      const begun = talk.begin(run)
      return { say: (lines) => begun.say(lines.map(text)), end: () => begun.end() }
    },
  }
}

const secretName = /token|secret|passw|passphrase|credential|key|auth/i

/**
 * A plugin's environment has profiles, regions and switches too: `production`, `true`. Taken out wherever they stand,
 * nobody could read any more what a fault is about.
 */
function withoutPlainEnv(spec: ConnectionSpec): ConnectionSpec {
  const { user } = spec
  if (user.kind !== 'exec') return spec
  const env = user.exec.env.filter(({ name }) => secretName.test(name))
  return { ...spec, user: { ...user, exec: { ...user.exec, env } } }
}

function valuesOf({ headers, key }: Secrets): readonly string[] {
  const said = headers
    .filter(([name]) => name.toLowerCase() === 'authorization')
    // Behind `Bearer` or `Basic`; a pair is also known by its password.
    .flatMap(([, value]) => {
      const secret = value.slice(value.indexOf(' ') + 1)
      const pair = value.startsWith('Basic ') ? Buffer.from(secret, 'base64').toString('utf8') : ''
      return [secret, pair.slice(pair.indexOf(':') + 1)]
    })
  return [...said, ...(key === undefined ? [] : [key])].filter((one) => one !== '')
}
