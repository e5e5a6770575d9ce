import type { SignInSentence } from '../../fault-sentences/sign-in-sentence.ts'
import type { FaultTable } from './fault-words-table.ts'

const notStarted = {
  denied: { en: 'it may not be run by you', zh: '你没有执行权限' },
  'no-folder': { en: 'a part of its path is no folder', zh: '路径中有一部分不是文件夹' },
  circle: { en: 'its symbolic links lead in a circle', zh: '符号链接形成了循环' },
  busy: { en: 'something is writing to it just now', zh: '有程序正在写入该文件' },
  'too-long': { en: 'its arguments and environment are too long', zh: '参数和环境变量过长' },
} as const

export const signInFaults: FaultTable<SignInSentence> = {
  'token-file-empty': {
    en: ({ path }) => `The token file ${path} is empty.`,
    zh: ({ path }) => `令牌文件 ${path} 是空的。`,
  },
  'token-unsendable': {
    en: 'The token of this user has a character in it that can not be sent, such as a line end. Nothing was sent.',
    zh: '此用户的令牌中有无法发送的字符，例如换行。没有发送任何内容。',
  },
  'header-unsendable': {
    en: ({ header }) =>
      `What the kubeconfig says for ${header} has a character in it that can not be sent, such as a line end. Nothing was sent.`,
    zh: ({ header }) => `kubeconfig 中用于 ${header} 的内容含有无法发送的字符，例如换行。没有发送任何内容。`,
  },
  'certificate-expired': {
    en: ({ date }) => `The client certificate expired on ${date}.`,
    zh: ({ date }) => `客户端证书已于 ${date} 过期。`,
  },
  'sign-in-late': {
    en: ({ seconds, command = 'The sign-in' }) =>
      `${command} has not answered within ${seconds} s: nothing was sent.`,
    zh: ({ seconds, command = '登录' }) => `${command} 在 ${seconds} 秒内没有应答：没有发送任何内容。`,
  },
  'sign-in-failed': {
    en: ({ words }) => `Signing in failed: ${words}`,
    zh: ({ words }) => `登录失败：${words}`,
  },
  'plugin-not-found': {
    en: ({ command, lookedIn, hint }) =>
      `${command} was not found (looked in ${lookedIn}).${hint === '' ? '' : ` ${hint}`}`,
    zh: ({ command, lookedIn, hint }) => `找不到 ${command}（已在 ${lookedIn} 中查找）。${hint}`,
  },
  'plugin-not-started': {
    en: ({ command, which, words, hint }) => {
      const why =
        which === 'nul'
          ? 'an argument or a value of its environment has a NUL byte'
          : which === 'other'
            ? words
            : `${notStarted[which].en} (${words})`
      return `${command} could not be started: ${why}.${hint === '' ? '' : ` ${hint}`}`
    },
    zh: ({ command, which, words, hint }) => {
      const why =
        which === 'nul'
          ? '参数或环境变量的值中有 NUL 字节'
          : which === 'other'
            ? words
            : `${notStarted[which].zh}（${words}）`
      return `无法启动 ${command}：${why}。${hint}`
    },
  },
  'plugin-batch-file': {
    en: ({ command }) => `${command} is a batch file: it can't be given an argument of several lines.`,
    zh: ({ command }) => `${command} 是批处理文件：无法向其传递多行参数。`,
  },
  'plugin-asks': {
    en: ({ command }) =>
      `${command} asks questions in a terminal, which can't be done here. Sign in with kubectl first, or use a plugin that needs no terminal.`,
    zh: ({ command }) =>
      `${command} 需要在终端中提问，此处无法进行。请先用 kubectl 登录，或改用不需要终端的插件。`,
  },
  'plugin-late': {
    en: ({ command, seconds }) => `${command} did not answer within ${seconds} seconds.`,
    zh: ({ command, seconds }) => `${command} 在 ${seconds} 秒内没有应答。`,
  },
  'plugin-ended': {
    en: ({ command }) => `${command} was ended.`,
    zh: ({ command }) => `${command} 已被终止。`,
  },
  'plugin-too-much': {
    en: ({ command }) => `${command} wrote more than a credential can be.`,
    zh: ({ command }) => `${command} 输出的内容过多，不会是凭证。`,
  },
  'plugin-failed': {
    en: ({ command, exitCode, signal = 'a signal', words }) =>
      `${command} failed (${exitCode === undefined ? `ended by ${signal}` : `exit code ${exitCode}`}): ${words || 'it said nothing'}`,
    zh: ({ command, exitCode, signal = '信号', words }) =>
      `${command} 执行失败（${exitCode === undefined ? `被 ${signal} 终止` : `退出码 ${exitCode}`}）：${words || '没有任何输出'}`,
  },
  'plugin-no-json': {
    en: ({ command }) => `${command} did not answer with JSON.`,
    zh: ({ command }) => `${command} 返回的不是 JSON。`,
  },
  'plugin-no-credential': {
    en: ({ command }) => `${command} did not answer with an ExecCredential.`,
    zh: ({ command }) => `${command} 返回的不是 ExecCredential。`,
  },
  'plugin-other-version': {
    en: ({ command, answered, asked }) =>
      `${command} answered in ${answered}, but the kubeconfig asks for ${asked}.`,
    zh: ({ command, answered, asked }) => `${command} 以 ${answered} 应答，而 kubeconfig 要求 ${asked}。`,
  },
  'plugin-empty-credential': {
    en: ({ command }) => `${command} answered without a token and without a certificate.`,
    zh: ({ command }) => `${command} 的应答中既没有令牌，也没有证书。`,
  },
  'plugin-half-credential': {
    en: ({ command }) => `${command} answered with only one half of a certificate and its key.`,
    zh: ({ command }) => `${command} 的应答中证书和私钥只有其一。`,
  },
  'plugin-without-consent': {
    en: ({ command }) => `${command} may not be run without consent.`,
    zh: ({ command }) => `未经同意不得运行 ${command}。`,
  },
  'plugin-refused-twice': {
    en: 'The server refused the credentials of the plugin twice. Sign in again.',
    zh: '服务器两次拒绝了插件提供的凭证。请重新登录。',
  },
  'policy-denies-all': {
    en: ({ command, file }) =>
      `${file} forbids all credential plugins (credentialPluginPolicy: DenyAll): ${command} is not run.`,
    zh: ({ command, file }) =>
      `${file} 禁止所有凭证插件（credentialPluginPolicy: DenyAll）：不会运行 ${command}。`,
  },
  'policy-not-listed': {
    en: ({ command, file }) =>
      `${command} is not on the list of allowed plugins in ${file} (credentialPluginAllowlist).`,
    zh: ({ command, file }) => `${command} 不在 ${file} 的允许插件列表（credentialPluginAllowlist）中。`,
  },
  'policy-unread': {
    en: ({ code }) => `it could not be read (${code})`,
    zh: ({ code }) => `无法读取（${code}）`,
  },
  'text-too-deep': { en: 'it is nested too deeply', zh: '嵌套层数过多' },
  'text-too-many-keys': { en: 'a map in it has too many keys', zh: '同一处的键过多' },
  'oidc-expired': {
    en: 'The id token has expired and there is no refresh token. Sign in again with kubectl or your login tool.',
    zh: 'ID 令牌已过期，且没有刷新令牌。请用 kubectl 或登录工具重新登录。',
  },
  'oidc-no-endpoint': {
    en: ({ issuer }) => `${issuer} does not say where tokens are had.`,
    zh: ({ issuer }) => `${issuer} 没有说明在何处获取令牌。`,
  },
  'oidc-no-token': {
    en: ({ issuer, status }) =>
      `${issuer} gave no new token (status ${status}). Sign in again with kubectl or your login tool.`,
    zh: ({ issuer, status }) =>
      `${issuer} 没有提供新的令牌（状态码 ${status}）。请用 kubectl 或登录工具重新登录。`,
  },
  'oidc-refused-twice': {
    en: 'The server refused the id token, and the new one too. Sign in again with kubectl or your login tool.',
    zh: '服务器拒绝了 ID 令牌，新的令牌也被拒绝。请用 kubectl 或登录工具重新登录。',
  },
}
