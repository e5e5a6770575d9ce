import type { CommandInput } from '../../../shared/contract.ts'
import { failedInWords, ok, type Reply } from '../../../shared/fault.ts'
import type { KubeconfigReport } from '../../../shared/model/kubeconfig-report.ts'
import type { HistoryView } from '../../../shared/history/history-view.ts'
import type { TemplatePreview } from '../../../shared/model/template-preview.ts'
import { repository, worldNow } from './first-clusters.ts'
import type { WorldBatch, WorldService } from './places.ts'

/** What is only read. Each answer names what it is about, so that one in the wrong place can be told. */
export function templateText(service: WorldService, batch: WorldBatch): string {
  return [
    'metadata:',
    '  labels:',
    `    app: ${service.name}`,
    'spec:',
    '  containers:',
    `    - image: ${repository}/${service.name}:${batch.tag}`,
    '      name: app',
    '',
  ].join('\n')
}

export function previewOf(service: WorldService, text: string): TemplatePreview {
  if (text.trim() === '' || text.includes('['))
    return { kind: 'problem', problem: { kind: 'no-yaml', message: 'a flow sequence has to end with a ]' } }
  const lines = text.split('\n')
  return {
    kind: 'changes',
    batches: service.batches.map((batch) => {
      const own = templateText(service, batch).split('\n')
      const added = lines.filter((line) => !own.includes(line))
      const removed = own.filter((line) => !lines.includes(line))
      return {
        batch: batch.uid,
        number: batch.number,
        name: batch.name,
        digest: `digest-${batch.uid}-${String(batch.generation)}`,
        added: added.length,
        removed: removed.length,
        conflicts: [],
        hunks:
          added.length + removed.length === 0
            ? []
            : [
                {
                  line: 1,
                  lines: [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)],
                },
              ],
      }
    }),
  }
}

export function inspected(input: CommandInput<'kubeconfig/inspect'>): Reply<KubeconfigReport> {
  const text = input.kind === 'text' ? input.text : input.path
  if (text.includes('broken')) return failedInWords('kubeconfig', 'The file is not valid YAML (line 1)')
  return ok({
    contexts: [
      {
        name: `context of ${input.kind === 'text' ? input.name : input.path}`,
        file: 'this text',
        server: 'https://new.example.internal:6443',
        signIn: 'exec',
        runs: { command: '/usr/bin/kubelogin', args: [text.slice(0, 20)], env: [] },
        warnings: [],
      },
    ],
    problems: [],
  })
}

export function pastOf(service: WorldService): HistoryView {
  const hour = 3_600_000
  return {
    missing: [],
    releases: [],
    batches: service.batches.map((batch) => ({
      batch: batch.uid,
      name: batch.name,
      number: batch.number,
      digest: `digest-${batch.uid}-${String(batch.generation)}`,
      revisions: [0, 1].map((age) => ({
        digest: age === 0 ? `digest-${batch.uid}-${String(batch.generation)}` : `earlier-${batch.uid}`,
        source: { kind: 'replica-set' as const, name: `${batch.name}-5f7b9d6c4` },
        revision: 2 - age,
        images: [
          { container: 'app', image: `${repository}/${service.name}:${age === 0 ? batch.tag : 'earlier'}` },
        ],
        cause: '',
        content: `content-${String(age)}`,
        since: worldNow - (age === 0 ? 2 : 60) * hour,
        known: 'exactly' as const,
        current: age === 0,
      })),
      timeline: [
        { revision: 1, digest: `earlier-${batch.uid}`, at: worldNow - 60 * hour, known: 'exactly' as const },
        {
          revision: 2,
          digest: `digest-${batch.uid}-${String(batch.generation)}`,
          at: worldNow - 2 * hour,
          known: 'exactly' as const,
        },
      ],
    })),
  }
}
