/** What reading a kubeconfig says, in English, and the same in Chinese. `$1` is what stood in the file. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [
    /^It names a CA and switches checking off \(insecure-skip-tls-verify\): kubectl refuses that too\.$/,
    '同时指定了 CA 又关闭了校验（insecure-skip-tls-verify）：kubectl 也会拒绝。',
  ],
  [
    /^The server certificate is not checked \(insecure-skip-tls-verify\)\.$/,
    '不校验服务器证书（insecure-skip-tls-verify）。',
  ],
  [/^Its cluster has no server address\.$/, '其集群没有服务器地址。'],
  [/^Its server address "(.*)" is not one for http or https\.$/, '其服务器地址“$1”不是 http 或 https 地址。'],
  [
    /^Its proxy-url is not a URL that begins with http, https or socks5\.$/,
    '其 proxy-url 不是以 http、https 或 socks5 开头的 URL。',
  ],
  [
    /^Its user has both a token and a password; kubectl accepts only one of them\.$/,
    '其用户同时有令牌和密码，kubectl 只接受其中一个。',
  ],
  [
    /^The auth provider "(.*)" is not supported: use an exec plugin instead\.$/,
    '不支持 auth provider“$1”，请改用 exec 插件。',
  ],
  [
    /^The auth provider "(.*)" is not supported: use the exec plugin (.*) instead\.$/,
    '不支持 auth provider“$1”，请改用 exec 插件 $2。',
  ],
  [
    /^Its user has a plugin and an auth provider: kubectl accepts only one of them\.$/,
    '其用户同时有插件和 auth provider，kubectl 只接受其中一个。',
  ],
  [/^Its issuer "(.*)" does not begin with https\.$/, '其 issuer“$1”不是以 https 开头。'],
  [/^Its plugin names no command\.$/, '其插件没有指定命令。'],
  [
    /^Its plugin has a NUL or half a character in its command, arguments or variables: no program can be given that\.$/,
    '其插件的命令、参数或环境变量中有 NUL 或半个字符：无法传给程序。',
  ],
  [
    /^Its plugin has a variable that is named "(.*)": a name is not empty and has no = in it\.$/,
    '其插件有一个名为“$1”的环境变量：名称不能为空，也不能含有 =。',
  ],
  [/^(.*) was not found \(looked in (.*)\)\.([^]*)$/, '找不到 $1（已在 $2 中查找）。$3'],
  [
    /^(.*) is a batch file: it can't be given an argument of several lines\.$/,
    '$1 是批处理文件：无法向其传递多行参数。',
  ],
  [
    /^Its plugin asks for apiVersion "(.*)": only (.*) and (.*) exist any more\.$/,
    '其插件要求 apiVersion“$1”：现在只有 $2 和 $3。',
  ],
  [/^A client certificate needs both the certificate and its key\.$/, '客户端证书需要同时有证书和私钥。'],
  [
    /^It acts with groups, a uid or extra fields of nobody: kubectl asks for "as" as well\.$/,
    '只指定了组、uid 或附加字段而没有身份：kubectl 还要求“as”。',
  ],
  [/^Its (.*) is not a PEM text in base64\.$/, '其 $1 不是 base64 编码的 PEM 文本。'],
  [
    /^Its (.*) is "(.*)": neither kubectl nor Tranche expands ~ or \$HOME there\.$/,
    '其 $1 是“$2”：kubectl 和 Tranche 都不会在此展开 ~ 或 $HOME。',
  ],
  [
    /^Its (.*) is "(.*)": pasted text has no folder that a relative path could start at\. Use an absolute path\.$/,
    '其 $1 是“$2”：粘贴的内容没有所在文件夹，请使用绝对路径。',
  ],
  [/^Context "(.*)": its cluster "(.*)" is not defined in (.*)\.$/, '上下文“$1”：其集群“$2”未在 $3 中定义。'],
  [/^Context "(.*)": its user "(.*)" is not defined in (.*)\.$/, '上下文“$1”：其用户“$2”未在 $3 中定义。'],
  [
    /^kubectl does not see this context: (.*) has one of the same name\.$/,
    'kubectl 看不到此上下文：$1 中有同名的上下文。',
  ],
  [/^As kubectl merges the files: with (.*)\.$/, '按 kubectl 合并文件的结果：使用 $1。'],
  [
    /^The connection is not encrypted \(http\)\. For this no credentials are sent, and no plugin is run: kubectl does the same\.$/,
    '连接未加密（http）。因此不发送任何凭证，也不运行插件：kubectl 也是如此。',
  ],
  [
    /^Its (.*) and (.*) are both given: kubectl refuses that too\.$/,
    '同时指定了 $1 和 $2：kubectl 也会拒绝。',
  ],
  [
    /^Its token has a line end around it: kubectl refuses it, and Tranche leaves the line end out\.$/,
    '其令牌首尾有换行：kubectl 会拒绝该令牌，Tranche 会去掉换行。',
  ],
  [/^Its plugin needs an interactiveMode: (.*)\.$/, '其插件需要 interactiveMode：$1。'],
  [
    /^The file is no text, or UTF-16 without a mark: save it as UTF-8\.$/,
    '文件不是文本，或是没有标记的 UTF-16：请存为 UTF-8。',
  ],
  [
    /^A key stands twice in the same place: the last one counts, as for kubectl(.*)$/,
    '同一处有重复的键：以最后一个为准，与 kubectl 相同$1',
  ],
  [
    /^There are several documents in this file: the first one counts, as for kubectl(.*)$/,
    '此文件中有多个文档：以第一个为准，与 kubectl 相同$1',
  ],
  [/^The file is not there\.$/, '文件不存在。'],
  [/^You may not read this file\.$/, '你无权读取此文件。'],
  [
    /^This is a folder, and KUBECONFIG names files\. Add the folder in Tranche\.$/,
    '这是文件夹，而 KUBECONFIG 应指定文件。请在 Tranche 中添加该文件夹。',
  ],
  [/^This is a pipe, a socket or a device, and no file\.$/, '这不是文件，而是管道、套接字或设备。'],
  [/^The file could not be read \((.*)\)\.$/, '无法读取文件（$1）。'],
  [
    /^The file does not answer: it may lie on a network drive that is gone\.$/,
    '文件没有响应：可能位于已断开的网络驱动器上。',
  ],
  [/^The file (.*), which the kubeconfig names, is not there\.$/, 'kubeconfig 所指的文件 $1 不存在。'],
  [
    /^The file (.*), which the kubeconfig names, may not be read by you\.$/,
    '你无权读取 kubeconfig 所指的文件 $1。',
  ],
  [/^The file (.*), which the kubeconfig names, is a folder\.$/, 'kubeconfig 所指的文件 $1 是文件夹。'],
  [
    /^The file (.*), which the kubeconfig names, is a pipe, a socket or a device, and no file\.$/,
    'kubeconfig 所指的 $1 不是文件，而是管道、套接字或设备。',
  ],
  [
    /^The file (.*), which the kubeconfig names, is larger than 1 MiB\.$/,
    'kubeconfig 所指的文件 $1 超过 1 MiB。',
  ],
  [
    /^The file (.*), which the kubeconfig names, does not answer: it may lie on a network drive that is gone\.$/,
    'kubeconfig 所指的文件 $1 没有响应：可能位于已断开的网络驱动器上。',
  ],
  [/^The file (.*), which the kubeconfig names, could not be read\.$/, '无法读取 kubeconfig 所指的文件 $1。'],
  [/^The file is too large to be a kubeconfig\.$/, '文件太大，不会是 kubeconfig。'],
  [
    /^The file is UTF-16 \(PowerShell writes that\): save it as UTF-8\.$/,
    '文件是 UTF-16 编码（PowerShell 会这样写）：请存为 UTF-8。',
  ],
  [/^The file is empty\.$/, '文件是空的。'],
  [/^The file is not valid YAML: ([^]*)$/, '文件不是有效的 YAML：$1'],
  [/^The file is no kubeconfig: it is nested too deeply\.$/, '文件不是 kubeconfig：嵌套层数过多。'],
  [/^The file is no kubeconfig: a map in it has too many keys\.$/, '文件不是 kubeconfig：同一处的键过多。'],
  [/^The file is no kubeconfig: ([^]*)$/, '文件不是 kubeconfig：$1'],
  [
    /^This is a (.*), no kubeconfig: kubectl refuses it\. It holds one under "(.*)", in base64: decode that and save it as a file of its own\.$/,
    '这是 $1，不是 kubeconfig：kubectl 会拒绝。其“$2”中有一份（base64）：请解码后另存为文件。',
  ],
  [
    /^This is a (.*), no kubeconfig: kubectl refuses it\. It holds one under "(.*)": save that as a file of its own\.$/,
    '这是 $1，不是 kubeconfig：kubectl 会拒绝。其“$2”中有一份：请另存为文件。',
  ],
  [/^This is a (.*), no kubeconfig: kubectl refuses it\.$/, '这是 $1，不是 kubeconfig：kubectl 会拒绝。'],
  [
    /^This is a Config of apiVersion "(.*)", and a kubeconfig is one of v1: kubectl refuses it\.$/,
    '这是 apiVersion 为“$1”的 Config，而 kubeconfig 应为 v1：kubectl 会拒绝。',
  ],
  [/^An entry for a (cluster|user|context) is not usable: ([^]*)$/, '有一个 $1 条目无法使用：$2'],
  [
    /^An entry for a (cluster|user|context) has no name: it is left out\.$/,
    '有一个 $1 条目没有名称：已略过。',
  ],
  [
    /^kubectl refuses all files of its list because of this one\.$/,
    '因为此文件，kubectl 会拒绝其列表中的所有文件。',
  ],
  [
    /^KUBECONFIG names "(.*)": neither kubectl nor Tranche expands ~ or \$HOME there, and passes over it\.$/,
    'KUBECONFIG 中写的是“$1”：kubectl 和 Tranche 都不会在此展开 ~ 或 $HOME，因此会略过。',
  ],
  [/^What was read before still counts\.$/, '仍沿用之前读取的内容。'],
  [/^The (cluster|user|context) "(.*)" is not usable: ([^]*)$/, '$1“$2”无法使用：$3'],
  [
    /^The (cluster|user|context) "(.*)" is defined twice: the first one counts here, kubectl refuses the file\.$/,
    '$1“$2”定义了两次：这里以第一个为准，kubectl 会拒绝此文件。',
  ],
  [
    /^This context is no longer in its kubeconfig\. The connection stays until you close it\.$/,
    '此上下文已不在其 kubeconfig 中。连接会保持到你断开为止。',
  ],
  [
    /^Its kubeconfig has changed since it was connected\. Connect anew to use what is there now\.$/,
    '连接之后其 kubeconfig 已改变。重新连接即可使用新的内容。',
  ],
  [/^The text could not be kept in (.*) \((.*)\)\.$/, '无法将内容保存到 $1（$2）。'],
  [
    /^(.*) is no longer listed, and could not be deleted \((.*)\)\.$/,
    '$1 已从列表移除，但无法删除该文件（$2）。',
  ],
  [/^The path has to be an absolute one\.$/, '请填写绝对路径。'],
  [/^There is no (.*)\.$/, '找不到 $1。'],
]

/** The same in the person's language; words that are not ours stay as they are. */
export function kubeconfigSentence(english: string, language: 'en' | 'zh'): string {
  if (language === 'en') return english
  const known = chinese.find(([pattern]) => pattern.test(english))
  return known === undefined ? english : english.replace(known[0], known[1])
}
