import type { HelpWords } from './help-words.ts'

export const helpZh: HelpWords = {
  usage: 'tranche 命令 [SERVICE] [选项]',
  about:
    '分批发布一个应用：同一个 Service 后面的多个 Deployment。发布由启动它的进程驱动：进程随发布结束，或在离开前将其暂停。',
  commandsHead: '命令',
  optionsHead: '选项',
  commonHead: '所有命令的选项',
  exitHead: '退出码',
  more: '查看单个命令：tranche 命令 --help',
  exits: [
    ['0', '完成'],
    ['1', '故障：集群、权限、锁、--timeout'],
    ['2', '用法错误'],
    ['3', '已停住、失败、暂停，或以其他方式结束'],
    ['4', '等待批准（使用 --until approval，或无法提问时）'],
    ['5', '开始前的检查未通过'],
    ['130', '被中断；由它驱动的发布已暂停'],
  ],
}
