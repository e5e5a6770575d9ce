import type { IncomingHttpHeaders } from 'node:http'
import { listAt, objectAt, textAt, type JsonObject } from '../objects/json.ts'
import type { RequestInfo } from './request-info.ts'
import { autoscalers, limitRanges, resourceQuotas, type Resource } from '../objects/resources.ts'
import type { StatusError } from '../objects/status-error.ts'

/**
 * What a real cluster does and this one does not. Each is answered with what is so and what to do instead, in the
 * message that kubectl prints: nothing is refused in words that would lead astray, and nothing seems to be done.
 */
const here = 'this is the practice cluster'

function notHere(code: number, reason: string, message: string): StatusError {
  return { code, reason, message: `${here}: ${message}`, details: {} }
}

/** kubectl sends what it makes itself as protobuf: `create deployment` and the like, `autoscale`, `debug`. */
export const noProtobuf: StatusError = notHere(
  415,
  'UnsupportedMediaType',
  'it does not read protobuf, which kubectl sends for objects that it makes itself (create KIND, autoscale, debug). Apply a manifest instead: add "--dry-run=client -o yaml | kubectl apply -f -" to the command, or use "kubectl apply -f FILE"',
)

/** kubectl has no other way to a port. */
export const noSpdy: StatusError = notHere(
  501,
  'NotImplemented',
  'it does not speak SPDY, which kubectl port-forward needs. Use instead: tranche port-forward SERVICE --batch 1',
)

function impersonation(host: string | undefined): StatusError {
  const address = host === undefined || host === '' ? 'its address' : `http://${host}`
  return notHere(
    403,
    'Forbidden',
    `it does not act as somebody else (--as, --as-group, --as-uid); nothing was done. The address says who asks: --server=${address}/users/viewer (or /users/no-lock, /users/partial)`,
  )
}

/** By subresource: parts of a pod, or of its account, that only a kubelet or a signer can give. */
const subresources: Readonly<Record<string, string>> = {
  exec: 'its containers are played, so there is nothing to exec into (exec, cp). Their output is in "kubectl logs"',
  attach:
    'its containers are played, so there is nothing to attach to (attach, run -i). Their output is in "kubectl logs"',
  proxy: 'its containers are played and answer on no port (proxy)',
  ephemeralcontainers:
    'it has no ephemeral containers (debug). Use "kubectl describe pod", "kubectl logs --previous" and "kubectl get events"',
  resize:
    'it does not resize pods that run. Change the resources in the Deployment instead: kubectl set resources',
  token:
    'it makes no tokens (create token). The tokens of its users are in the kubeconfigs of: npm run training -- --user NAME',
}

/** Kinds that every real cluster serves and this one does not, by group. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '': [
    'secrets',
    'endpoints',
    'persistentvolumes',
    'persistentvolumeclaims',
    'replicationcontrollers',
    'podtemplates',
    'componentstatuses',
  ],
  apps: ['statefulsets', 'daemonsets', 'controllerrevisions'],
  batch: ['jobs', 'cronjobs'],
  'networking.k8s.io': ['ingresses', 'ingressclasses', 'networkpolicies'],
  'rbac.authorization.k8s.io': ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'],
  'storage.k8s.io': ['storageclasses', 'csidrivers', 'csinodes', 'volumeattachments'],
  'scheduling.k8s.io': ['priorityclasses'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'admissionregistration.k8s.io': ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
  'metrics.k8s.io': ['pods', 'nodes'],
}

/** Why this can't be had here although a real cluster has it; undefined where it can, or nobody has it. */
export function practiceLimit(info: RequestInfo): StatusError | undefined {
  const { group, plural, subresource, resource } = info
  if (resource !== undefined) {
    const what = resource.subresources.includes(subresource) ? undefined : subresources[subresource]
    return what === undefined ? undefined : notHere(501, 'NotImplemented', what)
  }
  if (kinds[group]?.includes(plural) !== true) return undefined
  const name = group === '' ? plural : `${plural}.${group}`
  return notHere(404, 'NotFound', `it has no ${name}. "kubectl api-resources" lists what it has`)
}

/** Who is asked for by `--as` and the like. To do it as the one who asks would be worse than not to do it. */
export function impersonationLimit(headers: IncomingHttpHeaders): StatusError | undefined {
  return Object.keys(headers).some((name) => name.startsWith('impersonate-'))
    ? impersonation(headers.host)
    : undefined
}

/** What is stored like anywhere, and then does nothing: said with the answer to every write of it. */
export function practiceWarnings(resource: Resource, object: JsonObject): readonly string[] {
  switch (resource.plural) {
    case autoscalers.plural:
      return [`${here}: nothing carries out a HorizontalPodAutoscaler; the replicas stay as they are`]
    case limitRanges.plural:
      return [`${here}: a LimitRange is stored and sets no defaults or limits`]
    case resourceQuotas.plural: {
      const idle = Object.keys(objectAt(object, 'spec', 'hard')).filter((field) => !isCounted(field))
      return idle.length === 0
        ? []
        : [`${here}: a quota counts pods and count/KIND only, not ${idle.join(', ')}`]
    }
    default:
      return resource.kind === 'Pod' ? podWarnings(object) : []
  }
}

function isCounted(field: string): boolean {
  return field === 'pods' || field.startsWith('count/')
}

/** Its containers are told by their images, not by their commands: none of them ever ends well. */
function podWarnings(pod: JsonObject): readonly string[] {
  const policy = textAt(pod, 'spec', 'restartPolicy')
  if (policy === undefined || policy === 'Always' || listAt(pod, 'spec', 'containers').length === 0) return []
  return [
    `${here}: restartPolicy ${policy} is not carried out; a container never completes, and one that fails is restarted`,
  ]
}
