// Loaded before a program (`node --import`): notes each connection, datagram and name that it asks for, one a line, in
// the file that RECORD_CONNECTIONS names. Sockets of this machine's file system are no connections.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const file = process.env.RECORD_CONNECTIONS
const program = process.argv[1] ?? process.execPath

function note(what, where) {
  appendFileSync(file, `${what} ${where} by ${program}\n`)
}

function before(owner, name, tell) {
  const own = owner[name]
  owner[name] = function (...args) {
    tell(args)
    return Reflect.apply(own, this, args)
  }
}

before(net.Socket.prototype, 'connect', (args) => {
  // Node's own callers hand over their arguments as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const to = typeof first === 'object' && first !== null ? first : { port: first, host: second }
  const isFile = to.path !== undefined || Number.isNaN(Number(to.port))
  if (!isFile) note('connects to', typeof to.host === 'string' ? to.host : 'localhost')
})
before(dgram.Socket.prototype, 'connect', ([, address]) => note('connects to', address ?? 'localhost'))
before(dgram.Socket.prototype, 'send', (args) =>
  note('sends to', args.findLast((one) => typeof one === 'string') ?? 'localhost'),
)
for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(resolver))
    if (/^(lookup|resolve|reverse)/.test(name) && typeof resolver[name] === 'function')
      before(resolver, name, ([asked]) => note('looks up', asked))
syncBuiltinESMExports()
