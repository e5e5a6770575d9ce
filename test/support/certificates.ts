import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate with its key, both in PEM, for servers and clients on loopback. */
export type Certificate = { readonly certificate: string; readonly key: string }
export type Authority = Certificate & {
  issue(options: {
    readonly name: string
    /** DNS names and addresses that a server answers for. */
    readonly for?: readonly string[]
    readonly validTo?: Date
    readonly validFrom?: Date
    /** Organisations: Kubernetes takes them for groups. */
    readonly groups?: readonly string[]
  }): Certificate
}

const day = 86_400_000

/** A CA of one test. X.509 is written by hand here, so that no test needs a program or a package for it. */
export function createAuthority(name = 'test CA'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = nameOf(name, [])
  const self = certificateOf({
    issuer,
    subject: issuer,
    publicKey: keys.publicKey,
    signer: keys.privateKey,
    from: new Date(Date.now() - day),
    to: new Date(Date.now() + day),
    extensions: [extension('551d13', sequence(der(0x01, Buffer.from([0xff]))))],
  })
  return {
    certificate: self,
    key: keyText(keys.privateKey),
    issue(options) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const alternatives = (options.for ?? []).map((host) =>
        isIP(host) === 0 ? der(0x82, Buffer.from(host)) : der(0x87, addressBytes(host)),
      )
      return {
        certificate: certificateOf({
          issuer,
          subject: nameOf(options.name, options.groups ?? []),
          publicKey: own.publicKey,
          signer: keys.privateKey,
          from: options.validFrom ?? new Date(Date.now() - day),
          to: options.validTo ?? new Date(Date.now() + day),
          extensions: alternatives.length === 0 ? [] : [extension('551d11', sequence(...alternatives))],
        }),
        key: keyText(own.privateKey),
      }
    },
  }
}

function certificateOf(parts: {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly publicKey: KeyObject
  readonly signer: KeyObject
  readonly from: Date
  readonly to: Date
  readonly extensions: readonly Buffer[]
}): string {
  const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
  const serial = randomBytes(16)
  serial[0] = 0x01
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    parts.issuer,
    sequence(time(parts.from), time(parts.to)),
    parts.subject,
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    ...(parts.extensions.length === 0 ? [] : [der(0xa3, sequence(...parts.extensions))]),
  )
  const signature = sign('sha256', content, parts.signer)
  const whole = sequence(content, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function keyText(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const long = body.length.toString(16)
  const bytes = Buffer.from(long.length % 2 === 0 ? long : `0${long}`, 'hex')
  const length = body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x80 | bytes.length, ...bytes])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

function sequence(...content: readonly Buffer[]): Buffer {
  return der(0x30, ...content)
}

function extension(oid: string, value: Buffer): Buffer {
  return sequence(der(0x06, Buffer.from(oid, 'hex')), der(0x04, value))
}

function nameOf(name: string, groups: readonly string[]): Buffer {
  const part = (oid: string, text: string): Buffer =>
    der(0x31, sequence(der(0x06, Buffer.from(oid, 'hex')), der(0x0c, Buffer.from(text))))
  return sequence(...groups.map((group) => part('55040a', group)), part('550403', name))
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(text))
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail = ''] = address.split('::')
  const words = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))
  const middle = new Array<string>(8 - words(head).length - words(tail).length).fill('0')
  const all = [...words(head), ...middle, ...words(tail)]
  return Buffer.from(all.map((word) => word.padStart(4, '0')).join(''), 'hex')
}
