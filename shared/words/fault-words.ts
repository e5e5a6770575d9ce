import type { FaultCode } from '../fault.ts'

/** What happened, and what to do about it. The server's own words stand beside them as detail. */
type FaultWords = Readonly<Record<FaultCode, { readonly what: string; readonly next: string }>>

export const faultEn: FaultWords = {
  'invalid-input': { what: 'The request was not understood.', next: 'Correct the input and try again.' },
  'not-found': {
    what: 'It is no longer there.',
    next: 'Somebody may have deleted it. Look at the list again.',
  },
  forbidden: {
    what: 'You are not allowed to do this.',
    next: 'Ask for the right that is named in the detail.',
  },
  unauthorized: {
    what: 'The cluster did not accept your credentials.',
    next: 'Log in again, then try again.',
  },
  conflict: {
    what: 'Somebody else changed it at the same moment.',
    next: 'Look at what changed, then try again.',
  },
  invalid: { what: 'The cluster refused the change.', next: 'The detail names the field that it refused.' },
  expired: { what: 'The request came too late.', next: 'Try again with what is shown now.' },
  'too-many-requests': {
    what: 'The cluster is busy and asked us to wait.',
    next: 'Wait a moment and try again.',
  },
  unreachable: {
    what: 'The cluster cannot be reached.',
    next: 'Check the network or the VPN, and the server’s address.',
  },
  tls: {
    what: 'The server’s certificate could not be verified.',
    next: 'Check the certificate authority in the kubeconfig. Nothing was sent.',
  },
  timeout: { what: 'The cluster did not answer in time.', next: 'Check the network, then try again.' },
  'server-error': {
    what: 'The cluster answered with an error.',
    next: 'Try again; if it stays, look at the API server.',
  },
  'bad-answer': {
    what: 'The answer does not come from a Kubernetes API.',
    next: 'Check the server’s address and any proxy in between.',
  },
  kubeconfig: {
    what: 'The kubeconfig entry cannot be used.',
    next: 'Correct the file; it is read again by itself.',
  },
  plugin: {
    what: 'The program that hands out credentials failed.',
    next: 'Run it in a terminal to see what it says.',
  },
  'consent-needed': {
    what: 'A program would have to run first.',
    next: 'Connect again and read what it would run.',
  },
  'no-lock-right': {
    what: 'You may not write the lock (Lease) of this Service.',
    next: 'Ask for that right, or go on without a lock: nobody else is kept out, and the journal is on this machine only.',
  },
  'read-only': {
    what: 'This production cluster is read-only.',
    next: 'Allow changes for 15 minutes first. You can always stop, pause and roll back.',
  },
  'moved-on': {
    what: 'The release has moved on since you looked. Nothing was done.',
    next: 'Look at what is shown now, then decide again.',
  },
  'release-runs': {
    what: 'A release is run there from here. Nothing was done.',
    next: 'Read what happens to it, then disconnect again.',
  },
  'sizes-moved': {
    what: 'Batches have changed since you looked. Nothing was done.',
    next: 'Look at the sizes that are shown now, then decide again.',
  },
  declined: { what: 'Nothing was done.', next: 'The name was not typed.' },
  journal: {
    what: 'The journal of the last release can’t be read.',
    next: 'Look at what runs, then set the journal aside. Nothing is guessed.',
  },
  'too-large': {
    what: 'This is too large to be sent. Nothing was done.',
    next: 'Make it smaller, or give a file by its path.',
  },
  'not-supported': { what: 'This is not supported.', next: 'The detail says what is missing.' },
  busy: { what: 'Something else is just being done.', next: 'Wait a moment and try again.' },
  stale: { what: 'What we see is not up to date.', next: 'Wait until the data is live again.' },
  closed: { what: 'The connection to the application is closed.', next: 'It is opened again by itself.' },
  internal: {
    what: 'Something went wrong inside Tranche.',
    next: 'Try again; the detail helps to report it.',
  },
}

export const faultZh: FaultWords = {
  'invalid-input': { what: '请求无法识别。', next: '请修改输入后重试。' },
  'not-found': { what: '对象已不存在。', next: '可能已被他人删除，请重新查看列表。' },
  forbidden: { what: '你没有执行此操作的权限。', next: '请申请详情中列出的权限。' },
  unauthorized: { what: '集群没有接受你的凭证。', next: '请重新登录后再试。' },
  conflict: { what: '有人在同一时刻修改了它。', next: '请先查看变更，再重试。' },
  invalid: { what: '集群拒绝了这项修改。', next: '详情中写明了被拒绝的字段。' },
  expired: { what: '请求来得太晚。', next: '请按现在显示的内容重试。' },
  'too-many-requests': { what: '集群繁忙，要求稍等。', next: '请稍后重试。' },
  unreachable: { what: '无法访问集群。', next: '请检查网络、VPN 以及服务器地址。' },
  tls: { what: '无法验证服务器的证书。', next: '请检查 kubeconfig 中的 CA 证书。没有发送任何内容。' },
  timeout: { what: '集群没有及时响应。', next: '请检查网络后重试。' },
  'server-error': { what: '集群返回了错误。', next: '请重试；若一直如此，请检查 API 服务器。' },
  'bad-answer': { what: '返回的内容不是来自 Kubernetes API。', next: '请检查服务器地址以及中间的代理。' },
  kubeconfig: { what: '此 kubeconfig 条目无法使用。', next: '请修改文件，保存后会自动重新读取。' },
  plugin: { what: '提供凭证的程序执行失败。', next: '请在终端中运行它，查看它的输出。' },
  'consent-needed': { what: '需要先运行一个程序。', next: '请重新连接，并查看将要运行的内容。' },
  'no-lock-right': {
    what: '无权写入此 Service 的锁（Lease）。',
    next: '请申请该权限，或在无锁的情况下继续：无法阻止他人同时操作，日志仅保存在本机。',
  },
  'read-only': {
    what: '此生产集群处于只读状态。',
    next: '请先开启 15 分钟的变更权限。停止、暂停和回滚始终可用。',
  },
  'moved-on': {
    what: '在你查看之后，发布已有新的变化。未执行任何操作。',
    next: '请查看现在的状态，再重新决定。',
  },
  'release-runs': {
    what: '此处正在那里执行发布。未执行任何操作。',
    next: '请先了解发布会受到的影响，再重新断开连接。',
  },
  'sizes-moved': {
    what: '在你查看之后，批次已有变化。未执行任何操作。',
    next: '请查看现在显示的副本数，再重新决定。',
  },
  declined: { what: '未执行任何操作。', next: '没有输入名称。' },
  journal: {
    what: '无法读取上次发布的日志。',
    next: '请先查看当前运行的版本，再搁置该日志。不做任何猜测。',
  },
  'too-large': { what: '内容太大，无法发送。未执行任何操作。', next: '请缩小内容，或改为填写文件路径。' },
  'not-supported': { what: '不支持此操作。', next: '详情中写明了缺少什么。' },
  busy: { what: '正在处理另一项操作。', next: '请稍后重试。' },
  stale: { what: '现在看到的数据不是最新的。', next: '请等待数据恢复实时。' },
  closed: { what: '与应用的连接已关闭。', next: '会自动重新连接。' },
  internal: { what: 'Tranche 内部出错。', next: '请重试；详情有助于反馈问题。' },
}
