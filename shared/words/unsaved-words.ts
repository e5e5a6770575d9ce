import type { StorageWhy, Unsaved } from '../model/unsaved.ts'

type UnsavedWords = {
  readonly title: string
  readonly text: (unsaved: Unsaved) => string
  readonly notKept: (unsaved: Unsaved) => string
}

const whyEn: Readonly<Record<StorageWhy, string>> = {
  'no-room': 'no space is left on the disk',
  'read-only': 'the disk is read-only',
  denied: 'you don’t have permission',
  'in-the-way': 'a file is in its place',
  missing: 'the folder can’t be created',
  failed: 'the system refuses it',
}

const whyZh: Readonly<Record<StorageWhy, string>> = {
  'no-room': '磁盘空间已满',
  'read-only': '磁盘是只读的',
  denied: '没有权限',
  'in-the-way': '该位置已有一个文件',
  missing: '无法创建该文件夹',
  failed: '系统拒绝写入',
}

/** That settings can't be written, for the window and the terminal. */
export const unsavedWords: Readonly<Record<'en' | 'zh', UnsavedWords>> = {
  en: {
    title: 'Settings are not saved.',
    text: ({ folder, why, code }) =>
      `Can’t write to ${folder}: ${whyEn[why]}${codeIn(code, ' (', ')')}. Everything else works. When Tranche ends, what was changed is lost, and a release that runs here may have to be taken over. It tries again every 10 s.`,
    notKept: ({ folder, why, code }) =>
      `Settings are not saved: can’t write to ${folder}: ${whyEn[why]}${codeIn(code, ' (', ')')}. The command goes on; a release that it leaves unfinished may have to be taken over.`,
  },
  zh: {
    title: '设置未保存。',
    text: ({ folder, why, code }) =>
      `无法写入 ${folder}：${whyZh[why]}${codeIn(code, '（', '）')}。其他功能不受影响。Tranche 退出后更改会丢失，正在此处执行的发布可能需要接管。每 10 秒自动重试。`,
    notKept: ({ folder, why, code }) =>
      `设置未保存：无法写入 ${folder}：${whyZh[why]}${codeIn(code, '（', '）')}。命令会继续执行；若发布未完成，之后可能需要接管。`,
  },
}

function codeIn(code: string, before: string, after: string): string {
  return code === '' ? '' : `${before}${code}${after}`
}
