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
      warnings: index % 5 === 2 ? ['The server certificate is not checked (insecure-skip-tls-verify).'] : [],
      kubectl:
        index % 7 === 3
          ? ['kubectl does not see this context: /home/ops/.kube/config has one of the same name.']
          : [],
      current: index === 0,
      production: index % 4 === 0,
      state,
      ...(state === 'failed' && { fault }),
      ...(index === 9 && {
        unusable:
          'Its certificate-authority is "~/ca.pem": neither kubectl nor Tranche expands ~ or $HOME there.',
      }),
    }
  }),
}
