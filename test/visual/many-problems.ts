import type { ContextReport, DoctorReport } from '../../shared/model/doctor.ts'
import { connectionId } from '../../shared/ids.ts'
import { doctorReport } from './doctor-fixture.ts'

const faults = [
  'connect ECONNREFUSED 10.0.0.12:6443',
  'getaddrinfo ENOTFOUND api.old.example.internal',
  'self-signed certificate in certificate chain',
  'Unauthorized',
  'The program kubelogin ended with 1: AADSTS700082: The refresh token has expired due to inactivity.',
] as const

/** 20 contexts, most of them with something wrong. */
export const manyProblems: DoctorReport = {
  ...doctorReport,
  contexts: Array.from({ length: 20 }, (_, index): ContextReport => {
    const fault = faults[index % faults.length] ?? ''
    const state = index < 2 ? 'connected' : index % 3 === 0 ? 'idle' : 'failed'
    return {
      id: connectionId(index === 0 ? 'staging' : `context-${String(index)}`),
      name: `government-east-${String(index)}-${index % 4 === 0 ? 'prod' : 'test'}`,
      file: index % 2 === 0 ? '/home/ops/.kube/config' : '/home/ops/work/clusters/government/east.yaml',
      server: `https://api-${String(index)}.government-east.example.internal:6443`,
      namespace: 'demo',
      warnings: index % 5 === 2 ? [{ kind: 'insecure' }] : [],
      kubectl: index % 7 === 3 ? [{ kind: 'context-hidden', by: '/home/ops/.kube/config' }] : [],
      current: index === 0,
      production: index % 4 === 0,
      state,
      ...(state === 'failed' && { fault: { kind: 'words', words: fault } as const }),
      ...(index === 9 && {
        unusable: { kind: 'path-not-expanded', key: 'certificate-authority', path: '~/ca.pem' },
      }),
    }
  }),
}
