import type { Document } from 'yaml'
import { parseYaml } from '../../cluster/dial/parse-yaml.ts'
import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import type { TemplateProblem } from '../../../shared/model/template-problem.ts'

export type ReadTemplate =
  | { readonly kind: 'template'; readonly template: JsonObject }
  | { readonly kind: 'problem'; readonly problem: TemplateProblem }

/** A pod template, or a whole Deployment that it is taken from, in YAML or JSON. */
export function readTemplate(text: string): ReadTemplate {
  // The parser's warnings would go to the terminal, past the person who has pasted this.
  const parsed = parseYaml(text, { prettyErrors: true, logLevel: 'error' })
  if (parsed.kind !== 'document') return problem({ kind: parsed.kind })
  const { document } = parsed
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line
    const where = line === undefined ? {} : { line }
    if (error.code === 'MULTIPLE_DOCS') return problem({ kind: 'several-documents', ...where })
    return problem({ kind: 'no-yaml', message: firstLine(error.message), ...where })
  }
  const found = valueOf(document)
  if (found.kind === 'problem') return found
  const { value } = found
  if (!isObject(value)) return problem({ kind: 'no-object' })
  const { spec } = value
  const template = isObject(spec) && isObject(spec['template']) ? spec['template'] : value
  const inner = template['spec']
  return isObject(inner) && Array.isArray(inner['containers'])
    ? { kind: 'template', template }
    : problem({ kind: 'no-containers' })
}

/** Aliases to nothing, and those that multiply without end, are found only here. */
function valueOf(document: Document) {
  try {
    return { kind: 'value', value: document.toJS() as unknown } as const
  } catch (error) {
    return problem({ kind: 'no-yaml', message: error instanceof Error ? firstLine(error.message) : '' })
  }
}

function problem(found: TemplateProblem) {
  return { kind: 'problem', problem: found } as const
}

/** The parser puts the place and the line in question below its sentence; the place is said by us. */
function firstLine(message: string): string {
  const [line = ''] = message.split('\n')
  return line.replace(/ at line \d+, column \d+:?$/, '')
}

function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
