import { z } from 'zod'

z.config({ jitless: true })

/** A name may be written as a number in YAML. kubectl refuses the whole file for it; what is meant is clear. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const optionalText = text.nullish().transform((value) => value ?? '')
/** kubectl reads YAML 1.1, which has more words for true and false. */
const yes = /^(y|yes|on)$/i
const no = /^(n|no|off)$/i
const flag = z
  .union([z.boolean(), z.string().regex(yes), z.string().regex(no)])
  .nullish()
  .transform((value) => value === true || (typeof value === 'string' && yes.test(value)))

export const clusterSchema = z.looseObject({
  server: optionalText,
  'certificate-authority': optionalText,
  'certificate-authority-data': optionalText,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': optionalText,
  'proxy-url': optionalText,
  'disable-compression': flag,
  extensions: z.array(z.looseObject({ name: text, extension: z.json().optional() })).nullish(),
})

export const userSchema = z.looseObject({
  'client-certificate': optionalText,
  'client-certificate-data': optionalText,
  'client-key': optionalText,
  'client-key-data': optionalText,
  token: optionalText,
  tokenFile: optionalText,
  username: optionalText,
  password: optionalText,
  as: optionalText,
  'as-uid': optionalText,
  'as-groups': z.array(text).nullish(),
  'as-user-extra': z.record(z.string(), z.array(text)).nullish(),
  'auth-provider': z
    .looseObject({ name: optionalText, config: z.record(z.string(), optionalText).nullish() })
    .nullish(),
  exec: z
    .looseObject({
      apiVersion: optionalText,
      command: optionalText,
      args: z.array(text).nullish(),
      env: z.array(z.object({ name: text, value: optionalText })).nullish(),
      installHint: optionalText,
      interactiveMode: optionalText,
      provideClusterInfo: flag,
    })
    .nullish(),
})

export const contextSchema = z.looseObject({
  cluster: optionalText,
  user: optionalText,
  namespace: optionalText,
})

/** An entry that is nothing, or has no name, is one with an empty name, as for kubectl. */
export const entrySchema = z
  .looseObject({ name: text.nullish().transform((name) => name ?? '') })
  .nullish()
  .transform((entry) => entry ?? { name: '' })
const entries = z.array(z.unknown()).nullish()

/** The frame of a file. Entries are checked one by one, so that a bad one hides no other. */
export const fileSchema = z.looseObject({
  kind: optionalText,
  apiVersion: optionalText,
  'current-context': optionalText,
  clusters: entries,
  users: entries,
  contexts: entries,
})

export type ClusterEntry = z.output<typeof clusterSchema>
export type UserEntry = z.output<typeof userSchema>
export type ContextEntry = z.output<typeof contextSchema>
