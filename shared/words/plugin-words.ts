import type { PluginWarning } from '../model/plugin-consent.ts'

type PluginWords = { readonly warning: (warning: PluginWarning) => string }

/** Why a plugin is more than its name says, for the window and the terminal. */
export const pluginWords: Readonly<Record<'en' | 'zh', PluginWords>> = {
  en: {
    warning(warning) {
      switch (warning.kind) {
        case 'shell':
          return `${warning.program} is a shell: it does whatever its arguments say.`
        case 'interpreter':
          return `${warning.program} is an interpreter: it runs the code that its arguments name or contain.`
        case 'launcher':
          return `${warning.program} starts another program: its arguments say which one.`
        case 'loads-code':
          return `The environment can make it load other code: ${warning.variables.join(', ')}.`
      }
    },
  },
  zh: {
    warning(warning) {
      switch (warning.kind) {
        case 'shell':
          return `${warning.program} 是 shell：会执行参数中的任何命令。`
        case 'interpreter':
          return `${warning.program} 是解释器：会运行参数指定或包含的代码。`
        case 'launcher':
          return `${warning.program} 会启动参数中指定的另一个程序。`
        case 'loads-code':
          return `环境变量可能使其加载其他代码：${warning.variables.join('、')}。`
      }
    },
  },
}
