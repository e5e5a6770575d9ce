import type { KubeconfigSentence } from '../../fault-sentences/kubeconfig-sentence.ts'
import type { FaultTable } from './fault-words-table.ts'

const entriesZh = { cluster: '集群', user: '用户', context: '上下文' } as const

const namedFile = {
  missing: { en: 'is not there', zh: (path: string) => `kubeconfig 所指的文件 ${path} 不存在。` },
  denied: {
    en: 'may not be read by you',
    zh: (path: string) => `你无权读取 kubeconfig 所指的文件 ${path}。`,
  },
  folder: { en: 'is a folder', zh: (path: string) => `kubeconfig 所指的文件 ${path} 是文件夹。` },
  'not-a-file': {
    en: 'is a pipe, a socket or a device, and no file',
    zh: (path: string) => `kubeconfig 所指的 ${path} 不是文件，而是管道、套接字或设备。`,
  },
  'too-large': {
    en: 'is larger than 1 MiB',
    zh: (path: string) => `kubeconfig 所指的文件 ${path} 超过 1 MiB。`,
  },
  late: {
    en: 'does not answer: it may lie on a network drive that is gone',
    zh: (path: string) => `kubeconfig 所指的文件 ${path} 没有响应：可能位于已断开的网络驱动器上。`,
  },
  failed: { en: 'could not be read', zh: (path: string) => `无法读取 kubeconfig 所指的文件 ${path}。` },
} as const

export const kubeconfigFaults: FaultTable<KubeconfigSentence> = {
  'file-missing': { en: 'The file is not there.', zh: '文件不存在。' },
  'file-denied': { en: 'You may not read this file.', zh: '你无权读取此文件。' },
  'file-is-folder': {
    en: 'This is a folder, and KUBECONFIG names files. Add the folder in Tranche.',
    zh: '这是文件夹，而 KUBECONFIG 应指定文件。请在 Tranche 中添加该文件夹。',
  },
  'file-is-no-file': {
    en: 'This is a pipe, a socket or a device, and no file.',
    zh: '这不是文件，而是管道、套接字或设备。',
  },
  'file-too-large': { en: 'The file is too large to be a kubeconfig.', zh: '文件太大，不会是 kubeconfig。' },
  'file-late': {
    en: 'The file does not answer: it may lie on a network drive that is gone.',
    zh: '文件没有响应：可能位于已断开的网络驱动器上。',
  },
  'file-failed': {
    en: ({ code }) => `The file could not be read (${code}).`,
    zh: ({ code }) => `无法读取文件（${code}）。`,
  },
  'file-empty': { en: 'The file is empty.', zh: '文件是空的。' },
  'file-no-text': {
    en: 'The file is no text, or UTF-16 without a mark: save it as UTF-8.',
    zh: '文件不是文本，或是没有标记的 UTF-16：请存为 UTF-8。',
  },
  'file-no-yaml': {
    en: ({ what, line }) => `The file is not valid YAML: ${what}${lineEn(line)}`,
    zh: ({ what, line }) => `文件不是有效的 YAML：${what}${lineZh(line)}`,
  },
  'file-alias': {
    en: 'The file is not valid YAML: an alias (*) stands for nothing, or for too much. Put quotes around a value that begins with *.',
    zh: '文件不是有效的 YAML：别名（*）没有对应的内容，或展开后过大。以 * 开头的值请加引号。',
  },
  'file-too-deep': {
    en: 'The file is no kubeconfig: it is nested too deeply.',
    zh: '文件不是 kubeconfig：嵌套层数过多。',
  },
  'file-too-many-keys': {
    en: 'The file is no kubeconfig: a map in it has too many keys.',
    zh: '文件不是 kubeconfig：同一处的键过多。',
  },
  'file-no-kubeconfig': {
    en: ({ issue }) => `The file is no kubeconfig: ${issue}`,
    zh: ({ issue }) => `文件不是 kubeconfig：${issue}`,
  },
  'file-of-another-kind': {
    en: ({ is, under }) =>
      `This is a ${is}, no kubeconfig: kubectl refuses it.${
        under === undefined
          ? ''
          : under.encoded
            ? ` It holds one under "${under.key}", in base64: decode that and save it as a file of its own.`
            : ` It holds one under "${under.key}": save that as a file of its own.`
      }`,
    zh: ({ is, under }) =>
      `这是 ${is}，不是 kubeconfig：kubectl 会拒绝。${
        under === undefined
          ? ''
          : under.encoded
            ? `其“${under.key}”中有一份（base64）：请解码后另存为文件。`
            : `其“${under.key}”中有一份：请另存为文件。`
      }`,
  },
  'file-of-another-version': {
    en: ({ apiVersion }) =>
      `This is a Config of apiVersion "${apiVersion}", and a kubeconfig is one of v1: kubectl refuses it.`,
    zh: ({ apiVersion }) =>
      `这是 apiVersion 为“${apiVersion}”的 Config，而 kubeconfig 应为 v1：kubectl 会拒绝。`,
  },
  'file-duplicate-key': {
    en: ({ line }) =>
      `A key stands twice in the same place: the last one counts, as for kubectl${lineEn(line)}.`,
    zh: ({ line }) => `同一处有重复的键：以最后一个为准，与 kubectl 相同${lineZh(line)}。`,
  },
  'file-several-documents': {
    en: ({ line }) =>
      `There are several documents in this file: the first one counts, as for kubectl${lineEn(line)}.`,
    zh: ({ line }) => `此文件中有多个文档：以第一个为准，与 kubectl 相同${lineZh(line)}。`,
  },
  'entry-issue': {
    en: ({ which, issue }) => `An entry for a ${which} is not usable: ${issue}`,
    zh: ({ which, issue }) => `有一个${entriesZh[which]}条目无法使用：${issue}`,
  },
  'entry-nameless': {
    en: ({ which }) => `An entry for a ${which} has no name: it is left out.`,
    zh: ({ which }) => `有一个${entriesZh[which]}条目没有名称：已略过。`,
  },
  'entry-unusable': {
    en: ({ which, name, issue }) => `The ${which} "${name}" is not usable: ${issue}`,
    zh: ({ which, name, issue }) => `${entriesZh[which]}“${name}”无法使用：${issue}`,
  },
  'entry-twice': {
    en: ({ which, name }) =>
      `The ${which} "${name}" is defined twice: the first one counts here, kubectl refuses the file.`,
    zh: ({ which, name }) =>
      `${entriesZh[which]}“${name}”定义了两次：这里以第一个为准，kubectl 会拒绝此文件。`,
  },
  'list-refused': {
    en: 'kubectl refuses all files of its list because of this one.',
    zh: '因为此文件，kubectl 会拒绝其列表中的所有文件。',
  },
  'not-expanded': {
    en: ({ written }) =>
      `KUBECONFIG names "${written}": neither kubectl nor Tranche expands ~ or $HOME there, and passes over it.`,
    zh: ({ written }) =>
      `KUBECONFIG 中写的是“${written}”：kubectl 和 Tranche 都不会在此展开 ~ 或 $HOME，因此会略过。`,
  },
  'last-read-counts': { en: 'What was read before still counts.', zh: '仍沿用之前读取的内容。' },
  'ca-and-insecure': {
    en: 'It names a CA and switches checking off (insecure-skip-tls-verify): kubectl refuses that too.',
    zh: '同时指定了 CA 又关闭了校验（insecure-skip-tls-verify）：kubectl 也会拒绝。',
  },
  insecure: {
    en: 'The server certificate is not checked (insecure-skip-tls-verify).',
    zh: '不校验服务器证书（insecure-skip-tls-verify）。',
  },
  'no-server': { en: 'Its cluster has no server address.', zh: '此上下文的集群没有服务器地址。' },
  'server-not-http': {
    en: ({ server }) => `Its server address "${server}" is not one for http or https.`,
    zh: ({ server }) => `服务器地址“${server}”不是 http 或 https 地址。`,
  },
  'proxy-not-url': {
    en: 'Its proxy-url is not a URL that begins with http, https or socks5.',
    zh: 'proxy-url 不是以 http、https 或 socks5 开头的 URL。',
  },
  'token-and-password': {
    en: 'Its user has both a token and a password; kubectl accepts only one of them.',
    zh: '此上下文的用户同时有令牌和密码，kubectl 只接受其中一个。',
  },
  'auth-provider': {
    en: ({ provider, instead }) =>
      `The auth provider "${provider}" is not supported: use ${instead === undefined ? 'an exec plugin' : `the exec plugin ${instead}`} instead.`,
    zh: ({ provider, instead }) =>
      `不支持 auth provider“${provider}”，请改用 exec 插件${instead === undefined ? '' : ` ${instead}`}。`,
  },
  'plugin-and-provider': {
    en: 'Its user has a plugin and an auth provider: kubectl accepts only one of them.',
    zh: '此上下文的用户同时有插件和 auth provider，kubectl 只接受其中一个。',
  },
  'issuer-not-https': {
    en: ({ issuer }) => `Its issuer "${issuer}" does not begin with https.`,
    zh: ({ issuer }) => `issuer“${issuer}”不是以 https 开头。`,
  },
  'plugin-nameless': { en: 'Its plugin names no command.', zh: '插件没有指定命令。' },
  'plugin-version': {
    en: ({ apiVersion, known }) =>
      `Its plugin asks for apiVersion "${apiVersion}": only ${known.join(' and ')} exist any more.`,
    zh: ({ apiVersion, known }) => `插件要求 apiVersion“${apiVersion}”：现在只有 ${known.join(' 和 ')}。`,
  },
  'plugin-mode': {
    en: ({ known }) => `Its plugin needs an interactiveMode: ${known.join(', ')}.`,
    zh: ({ known }) => `插件需要 interactiveMode：${known.join('、')}。`,
  },
  'plugin-half-characters': {
    en: 'Its plugin has a NUL or half a character in its command, arguments or variables: no program can be given that.',
    zh: '插件的命令、参数或环境变量中有 NUL 或半个字符：无法传给程序。',
  },
  'plugin-variable': {
    en: ({ name }) =>
      `Its plugin has a variable that is named "${name}": a name is not empty and has no = in it.`,
    zh: ({ name }) => `插件有一个名为“${name}”的环境变量：名称不能为空，也不能含有 =。`,
  },
  'certificate-without-key': {
    en: 'A client certificate needs both the certificate and its key.',
    zh: '客户端证书需要同时有证书和私钥。',
  },
  'acts-as-nobody': {
    en: 'It acts with groups, a uid or extra fields of nobody: kubectl asks for "as" as well.',
    zh: '只指定了组、uid 或附加字段而没有身份：kubectl 还要求“as”。',
  },
  'given-twice': {
    en: ({ path, data }) => `Its ${path} and ${data} are both given: kubectl refuses that too.`,
    zh: ({ path, data }) => `同时指定了 ${path} 和 ${data}：kubectl 也会拒绝。`,
  },
  'not-pem': {
    en: ({ key }) => `Its ${key} is not a PEM text in base64.`,
    zh: ({ key }) => `${key} 不是 base64 编码的 PEM 文本。`,
  },
  'path-not-expanded': {
    en: ({ key, path }) => `Its ${key} is "${path}": neither kubectl nor Tranche expands ~ or $HOME there.`,
    zh: ({ key, path }) => `${key} 是“${path}”：kubectl 和 Tranche 都不会在此展开 ~ 或 $HOME。`,
  },
  'path-from-nowhere': {
    en: ({ key, path }) =>
      `Its ${key} is "${path}": pasted text has no folder that a relative path could start at. Use an absolute path.`,
    zh: ({ key, path }) => `${key} 是“${path}”：粘贴的内容没有所在文件夹，请使用绝对路径。`,
  },
  'token-line-end': {
    en: 'Its token has a line end around it: kubectl refuses it, and Tranche leaves the line end out.',
    zh: '令牌首尾有换行：kubectl 会拒绝该令牌，Tranche 会去掉换行。',
  },
  'sent-openly': {
    en: 'The connection is not encrypted (http). For this no credentials are sent, and no plugin is run: kubectl does the same.',
    zh: '连接未加密（http）。因此不发送任何凭证，也不运行插件：kubectl 也是如此。',
  },
  'not-a-certificate': { en: 'It is not readable as a certificate.', zh: '无法作为证书读取。' },
  'named-file': {
    en: ({ path, which }) => `The file ${path}, which the kubeconfig names, ${namedFile[which].en}.`,
    zh: ({ path, which }) => namedFile[which].zh(path),
  },
  'context-leads-nowhere': {
    en: ({ context, which, name, file }) =>
      `Context "${context}": its ${which} "${name}" is not defined in ${file}.`,
    zh: ({ context, which, name, file }) =>
      `上下文“${context}”：${entriesZh[which]}“${name}”未在 ${file} 中定义。`,
  },
  'context-hidden': {
    en: ({ by }) => `kubectl does not see this context: ${by} has one of the same name.`,
    zh: ({ by }) => `kubectl 看不到此上下文：${by} 中有同名的上下文。`,
  },
  'context-merged': {
    en: ({ parts }) =>
      `As kubectl merges the files: with ${parts.map(({ which, name, file }) => `${which} "${name}" of ${file}`).join(' and ')}.`,
    zh: ({ parts }) =>
      `按 kubectl 合并文件的结果：使用 ${parts.map(({ which, name, file }) => `${file} 中的${entriesZh[which]}“${name}”`).join('和 ')}。`,
  },
  'context-gone': {
    en: 'This context is no longer in its kubeconfig. The connection stays until you close it.',
    zh: '此上下文已不在其 kubeconfig 中。连接会保持到你断开为止。',
  },
  'context-changed': {
    en: 'Its kubeconfig has changed since it was connected. Connect anew to use what is there now.',
    zh: '连接之后其 kubeconfig 已改变。重新连接即可使用新的内容。',
  },
  'no-context-in-text': { en: 'There is no context in this text.', zh: '这段文本中没有上下文。' },
  'text-not-kept': {
    en: ({ folder, code }) => `The text could not be kept in ${folder} (${code}).`,
    zh: ({ folder, code }) => `无法将内容保存到 ${folder}（${code}）。`,
  },
  'not-added-here': { en: 'This file was not added here.', zh: '此文件不是在这里添加的。' },
  'file-not-deleted': {
    en: ({ path, code }) => `${path} is no longer listed, and could not be deleted (${code}).`,
    zh: ({ path, code }) => `${path} 已从列表移除，但无法删除该文件（${code}）。`,
  },
  'path-not-absolute': { en: 'The path has to be an absolute one.', zh: '请填写绝对路径。' },
  'nothing-at-path': { en: ({ path }) => `There is no ${path}.`, zh: ({ path }) => `找不到 ${path}。` },
}

function lineEn(line: number | undefined): string {
  return line === undefined ? '' : ` (line ${line})`
}
function lineZh(line: number | undefined): string {
  return line === undefined ? '' : `（第 ${line} 行）`
}
