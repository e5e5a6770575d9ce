import type { TemplateProblem } from '../model/template-problem.ts'

/** One sentence for each way in which a text can fail to be a pod template. */
export type TemplateProblemWords = (problem: TemplateProblem) => string

export const templateProblemEn: TemplateProblemWords = (problem) => {
  switch (problem.kind) {
    case 'no-yaml':
      return `${at(problem.line)}This is no valid YAML: ${problem.message}`
    case 'too-deep':
      return 'This is no pod template: it is nested too deeply.'
    case 'too-many-keys':
      return 'This is no pod template: it has too many keys in one place.'
    case 'several-documents':
      return `${at(problem.line)}A second document begins here. Paste the one Deployment, or its pod template.`
    case 'no-object':
      return 'This is no pod template: it has no fields, only a text or a list.'
    case 'no-containers':
      return 'This is no pod template: spec.containers is missing.'
  }
}

export const templateProblemZh: TemplateProblemWords = (problem) => {
  switch (problem.kind) {
    case 'no-yaml':
      return `${atZh(problem.line)}不是有效的 YAML：${problem.message}`
    case 'too-deep':
      return '这不是 Pod 模板：嵌套层数过多。'
    case 'too-many-keys':
      return '这不是 Pod 模板：同一处的键过多。'
    case 'several-documents':
      return `${atZh(problem.line)}从这里开始是第二个文档。请只粘贴一个 Deployment 或它的 Pod 模板。`
    case 'no-object':
      return '这不是 Pod 模板：没有字段，只有文本或列表。'
    case 'no-containers':
      return '这不是 Pod 模板：缺少 spec.containers。'
  }
}

function at(line: number | undefined): string {
  return line === undefined ? '' : `Line ${String(line)}: `
}
function atZh(line: number | undefined): string {
  return line === undefined ? '' : `第 ${String(line)} 行：`
}
