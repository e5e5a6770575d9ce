import type { ConnectionSentence } from '../../fault-sentences/connection-sentence.ts'
import type { FaultTable } from './fault-words-table.ts'

export const connectionFaults: FaultTable<ConnectionSentence> = {
  'not-connected': { en: 'This cluster is not connected.', zh: '此集群未连接。' },
  'connection-closed': { en: 'The connection was closed.', zh: '连接已关闭。' },
  unreachable: {
    en: ({ server, proxy, code }) =>
      `${server} can't be reached${proxy === '' ? '' : ` through the proxy ${proxy}`} (${code}).`,
    zh: ({ server, proxy, code }) =>
      `${proxy === '' ? '' : `通过代理 ${proxy} `}无法访问 ${server}（${code}）。`,
  },
  'connection-broke': {
    en: ({ server, words }) => `The connection to ${server} broke (${words}).`,
    zh: ({ server, words }) => `与 ${server} 的连接中断（${words}）。`,
  },
  'answer-late': {
    en: ({ server }) => `${server} did not answer in time.`,
    zh: ({ server }) => `${server} 没有及时响应。`,
  },
  'no-turn': {
    en: ({ server, seconds, lists }) =>
      `It had no turn within ${seconds} s: other ${lists ? 'lists and logs' : 'requests'} to ${server} take too long.`,
    zh: ({ server, seconds, lists }) =>
      `${seconds} 秒内未能轮到：发往 ${server} 的其他${lists ? '列表和日志请求' : '请求'}耗时过长。`,
  },
  'server-asks-to-wait': {
    en: ({ server }) => `${server} asked us to wait.`,
    zh: ({ server }) => `${server} 要求稍等。`,
  },
  'ca-late': {
    en: ({ server }) => `The CA of ${server} could not be read in time: nothing was sent.`,
    zh: ({ server }) => `未能及时读取 ${server} 的 CA：没有发送任何内容。`,
  },
  'proxy-kind': {
    en: ({ protocol }) => `A proxy of the kind ${protocol} is not supported, nor is it by kubectl.`,
    zh: ({ protocol }) => `不支持 ${protocol} 类型的代理，kubectl 也不支持。`,
  },
  'key-unusable': {
    en: ({ words }) => `The certificate, its key or the CA is not usable: ${words}`,
    zh: ({ words }) => `证书、私钥或 CA 无法使用：${words}`,
  },
  'request-threw': {
    en: 'A request failed inside Tranche. The log has the details.',
    zh: 'Tranche 内部的一个请求失败，详情见日志。',
  },
  'no-network': {
    en: 'This cluster is reached without a network: nothing can be streamed.',
    zh: '此集群不经网络访问：无法传输数据流。',
  },
  'nobody-signed-in': {
    en: 'Nobody has signed in in time: nothing was sent.',
    zh: '没有及时完成登录：没有发送任何内容。',
  },
  'no-streaming': {
    en: ({ server, protocol }) => `${server} does not stream over ${protocol}.`,
    zh: ({ server, protocol }) => `${server} 不支持通过 ${protocol} 传输数据流。`,
  },
  'port-taken': {
    en: ({ port }) => `Port ${port} of this machine is taken.`,
    zh: ({ port }) => `本机端口 ${port} 已被占用。`,
  },
  'port-denied': {
    en: ({ port }) => `Port ${port} of this machine may not be opened by you: take one above 1023.`,
    zh: ({ port }) => `你无权打开本机端口 ${port}：请使用大于 1023 的端口。`,
  },
  'port-failed': {
    en: ({ port, code }) => `Port ${port} of this machine can't be opened (${code}).`,
    zh: ({ port, code }) => `无法打开本机端口 ${port}（${code}）。`,
  },
  silent: {
    en: ({ server, seconds }) => `${server} has not been heard of for ${seconds} s.`,
    zh: ({ server, seconds }) => `${server} 已 ${seconds} 秒没有任何数据。`,
  },
  asleep: { en: 'The machine was asleep.', zh: '本机曾处于睡眠状态。' },
  'not-watched': { en: 'Not watched: nobody looks.', zh: '无人查看，暂未监视。' },
  'too-many-watched': {
    en: ({ others }) => `Not watched: ${others} other clusters have been looked at since.`,
    zh: ({ others }) => `此后已查看其他 ${others} 个集群，暂未监视。`,
  },
  'tls-expired': {
    en: ({ server }) => `The certificate of ${server} has expired.`,
    zh: ({ server }) => `${server} 的证书已过期。`,
  },
  'tls-not-yet-valid': {
    en: ({ server }) => `The certificate of ${server} is not valid yet: compare this machine's clock.`,
    zh: ({ server }) => `${server} 的证书尚未生效：请核对本机时钟。`,
  },
  'tls-other-name': {
    en: ({ server, words }) => `The certificate of ${server} is made out to another name. ${words}`,
    zh: ({ server, words }) => `${server} 的证书签发给了其他名称。${words}`,
  },
  'tls-unknown-ca': {
    en: ({ server, code }) =>
      `The certificate of ${server} was not issued by a CA that is trusted here (${code}).`,
    zh: ({ server, code }) => `${server} 的证书不是由此处信任的 CA 签发的（${code}）。`,
  },
  'tls-not-spoken': {
    en: ({ server }) => `${server} speaks no TLS: its address may have to begin with http.`,
    zh: ({ server }) => `${server} 不使用 TLS：地址可能应以 http 开头。`,
  },
  'tls-asks-certificate': {
    en: ({ server }) => `${server} asks for a client certificate, and this user has none.`,
    zh: ({ server }) => `${server} 要求客户端证书，而此用户没有。`,
  },
  'tls-handshake-refused': {
    en: ({ server }) =>
      `${server} refused the handshake: it may ask for a client certificate that this user does not have.`,
    zh: ({ server }) => `${server} 拒绝了握手：可能要求此用户没有的客户端证书。`,
  },
  'tls-own-expired': {
    en: ({ server }) => `${server} refused the client certificate: it has expired.`,
    zh: ({ server }) => `${server} 拒绝了客户端证书：证书已过期。`,
  },
  'tls-own-refused': {
    en: ({ server, code }) => `${server} refused the client certificate (${code}).`,
    zh: ({ server, code }) => `${server} 拒绝了客户端证书（${code}）。`,
  },
  'tls-failed': {
    en: ({ server, words }) => `No secure connection to ${server}: ${words}`,
    zh: ({ server, words }) => `无法与 ${server} 建立安全连接：${words}`,
  },
  'answer-status': {
    en: ({ status }) => `The server answered with status ${status}.`,
    zh: ({ status }) => `服务器返回状态码 ${status}。`,
  },
  'answer-packed': {
    en: ({ packing }) => `The answer is packed in a way that was not asked for (${packing}).`,
    zh: ({ packing }) => `应答使用了未请求的压缩方式（${packing}）。`,
  },
  'answer-no-gzip': {
    en: 'The answer is not the gzip that it says it is.',
    zh: '应答声称是 gzip，实际并不是。',
  },
  'answer-too-long': {
    en: ({ mib }) => `The answer is longer than ${mib} MiB.`,
    zh: ({ mib }) => `应答超过 ${mib} MiB。`,
  },
  'answer-no-json': {
    en: 'The answer is not JSON: this address may be a login page or a proxy, no API server.',
    zh: '应答不是 JSON：此地址可能是登录页面或代理，而不是 API 服务器。',
  },
  'answer-elsewhere': {
    en: ({ place }) => `The server sends us on to ${place}: a login page, no API server.`,
    zh: ({ place }) => `服务器将请求转到 ${place}：这是登录页面，不是 API 服务器。`,
  },
  'answer-no-version': {
    en: 'What answers at the address of the server has no version of Kubernetes.',
    zh: '该服务器地址的应答中没有 Kubernetes 版本。',
  },
  'answer-no-list': {
    en: ({ of }) => `The server's list of ${of} is none.`,
    zh: ({ of }) => `服务器返回的 ${of} 列表不是列表。`,
  },
  'list-endless': {
    en: ({ of }) => `The list of ${of} does not end.`,
    zh: ({ of }) => `${of} 的列表没有尽头。`,
  },
  'too-many-objects': {
    en: ({ of, most }) =>
      `The server has more than ${most} objects of kind ${of} here: Tranche does not load so many.`,
    zh: ({ of, most }) => `此处类型为 ${of} 的对象超过 ${most} 个：Tranche 不会加载这么多。`,
  },
  'too-heavy-objects': {
    en: ({ of, mib }) =>
      `With the server's objects of kind ${of} here there are more than ${mib} MiB: Tranche does not load so much.`,
    zh: ({ of, mib }) => `加上此处类型为 ${of} 的对象，数据超过 ${mib} MiB：Tranche 不会加载这么多。`,
  },
  'object-nameless': { en: 'it has no name', zh: '没有名称' },
  'object-name': { en: 'its name is none', zh: '名称无效' },
  'object-number': {
    en: ({ field, value }) => `${field} is ${value ?? 'no number'}`,
    zh: ({ field, value }) => (value === undefined ? `${field} 不是数字` : `${field} 为 ${value}`),
  },
  'object-annotations': {
    en: 'its annotations are larger than any server takes',
    zh: '注解超过了服务器的上限',
  },
  'object-too-deep': { en: 'spec.template is nested too deeply', zh: 'spec.template 嵌套层数过多' },
  'object-unreadable': { en: 'it is not readable', zh: '无法读取' },
  'impossible-object': {
    en: ({ of, name, problem }, inner) =>
      `The server has a ${of} that can not be${name === '' ? '' : ` (${name})`}: ${inner(problem)}.`,
    zh: ({ of, name, problem }, inner) =>
      `服务器上有一个不可能存在的 ${of}${name === '' ? '' : `（${name}）`}：${inner(problem)}。`,
  },
  'watch-ended': { en: 'The watch was ended.', zh: '监视已结束。' },
  'watch-not-begun': { en: 'The server did not begin to watch.', zh: '服务器没有开始监视。' },
  'watch-late': { en: 'The server does not begin the next watch.', zh: '服务器没有开始下一次监视。' },
  'watch-cut-at-once': {
    en: 'The server, or something in between, ends every watch at once.',
    zh: '服务器或中间环节会立即结束每次监视。',
  },
  'watch-version-gone': {
    en: 'The server no longer has the version that we know.',
    zh: '服务器上已没有此处已知的版本。',
  },
  'watch-dripping': {
    en: 'The list of the server did not come to its end in time.',
    zh: '服务器的列表没有及时传完。',
  },
  'watch-broke': { en: ({ words }) => `The watch broke: ${words}`, zh: ({ words }) => `监视中断：${words}` },
  'watch-failed': {
    en: ({ of, words }) => `The watch of ${of} failed: ${words}`,
    zh: ({ of, words }) => `对 ${of} 的监视失败：${words}`,
  },
}
