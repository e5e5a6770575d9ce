import { eventually } from '../../support/eventually.ts'
import type { Json } from '../../../electron/training/objects/json.ts'
import { kubectlIn, printed, type Kubectl } from '../kubectl.ts'
import type { Cases, Given } from '../run-cases.ts'

const shop = (image: string, replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, labels: { app: shop } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - { name: shop, image: "registry.example/shop:${image}", ports: [{ containerPort: 80 }] }
`

/** Applies the shop, waits until it runs, and gives kubectl. */
async function running(given: Given): Promise<Kubectl> {
  const kubectl = kubectlIn(given)
  await kubectl(['apply', '-f', '-'], shop('1'))
  await rolled(kubectl)
  return kubectl
}

async function rolled(kubectl: Kubectl): Promise<void> {
  const said = await kubectl(['rollout', 'status', 'deploy/shop', '--timeout=60s'])
  if (said.code !== 0) throw new Error(said.err)
  // Old pods may still be ending.
  await eventually(
    async () => {
      const { out } = await kubectl(['get', 'pods', '-o', 'name'])
      return out.trim().split('\n').length === 2 ? true : undefined
    },
    { what: 'two pods are left' },
  )
}

async function each(kubectl: Kubectl, commands: readonly string[]): Promise<Json> {
  const seen: Record<string, Json> = {}
  for (const command of commands) seen[command] = printed(await kubectl(command.split(' ')))
  return seen
}

export const kubectlCases: Cases = {
  'get prints tables, and objects in other forms': async (given) => {
    const kubectl = await running(given)
    return each(kubectl, [
      'get deploy',
      'get deploy -o wide',
      'get rs',
      'get pods',
      'get pods -o wide',
      'get deploy,rs',
      'get deploy shop -o name',
      'get deploy shop -o jsonpath={.spec.template.spec.containers[*].image}',
      'get deploy shop -o custom-columns=NAME:.metadata.name,WANTED:.spec.replicas',
      'get pods -l app=shop --no-headers -o custom-columns=PHASE:.status.phase',
      'get pods -l app=none',
      'get pods --field-selector status.phase=Running -o jsonpath={.items[*].status.phase}',
      'get deploy none',
      'get nothings',
      'get ns demo',
      'get nodes',
    ])
  },
  'apply makes, leaves alone and changes; with two clients it is last-applied that decides': async (
    given,
  ) => {
    const kubectl = kubectlIn(given)
    const apply = async (text: string, ...more: string[]) =>
      printed(await kubectl(['apply', ...more, '-f', '-'], text))
    return [
      await apply(shop('1')),
      await apply(shop('1')),
      await apply(shop('2')),
      await apply(shop('2', 1), '--dry-run=server'),
      printed(await kubectl(['get', 'deploy', 'shop', '-o', 'jsonpath={.spec.replicas}'])),
      await apply(shop('2').replace('spec:', 'spec:\n  replica: 3')),
      await apply(shop('2').replace('apps/v1', 'apps/v1beta2')),
      printed(await kubectl(['create', '-f', '-'], shop('2'))),
    ]
  },
  'apply on the server side tells conflicts, and takes fields by force': async (given) => {
    const kubectl = kubectlIn(given)
    const apply = async (text: string, ...more: string[]) =>
      printed(await kubectl(['apply', '--server-side', ...more, '-f', '-'], text))
    return [
      await apply(shop('1'), '--field-manager=first'),
      await apply(shop('2'), '--field-manager=second'),
      await apply(shop('2'), '--field-manager=second', '--force-conflicts'),
      await apply(shop('2'), '--field-manager=first'),
    ]
  },
  'set image, rollout status and history, undo, restart': async (given) => {
    const kubectl = await running(given)
    const steps: Json[] = [await each(kubectl, ['set image deploy/shop shop=registry.example/shop:2'])]
    await rolled(kubectl)
    steps.push(
      await each(kubectl, [
        'rollout status deploy/shop',
        'rollout history deploy/shop',
        'rollout history deploy/shop --revision=1',
        'rollout undo deploy/shop',
      ]),
    )
    await rolled(kubectl)
    steps.push(
      await each(kubectl, [
        'get deploy shop -o jsonpath={..image}',
        'rollout history deploy/shop',
        'rollout restart deploy/shop',
      ]),
    )
    await rolled(kubectl)
    steps.push(
      await each(kubectl, [
        'rollout history deploy/shop',
        'rollout undo deploy/shop --to-revision=9',
        'set image deploy/shop none=x',
      ]),
    )
    return steps
  },
  'rollout pause and resume': async (given) => {
    const kubectl = await running(given)
    return each(kubectl, [
      'rollout pause deploy/shop',
      'rollout pause deploy/shop',
      'rollout undo deploy/shop',
      'rollout restart deploy/shop',
      'rollout resume deploy/shop',
      'rollout resume deploy/shop',
    ])
  },
  'scale, wait and patch': async (given) => {
    const kubectl = await running(given)
    return each(kubectl, [
      'scale deploy/shop --replicas=2',
      'scale deploy/shop --replicas=3 --current-replicas=9',
      'wait --for=condition=Available deploy/shop --timeout=30s',
      'wait --for=jsonpath={.status.readyReplicas}=2 deploy/shop --timeout=30s',
      'patch deploy shop -p {"spec":{"minReadySeconds":1}}',
      'patch deploy shop --type=merge -p {"spec":{"minReadySeconds":0}}',
      'patch deploy shop --type=json -p [{"op":"test","path":"/spec/replicas","value":7}]',
      'patch deploy shop --type=json -p [{"op":"replace","path":"/spec/minReadySeconds","value":0}]',
      'patch deploy shop -p {"spec":{"none":1}}',
      'patch deploy shop --subresource=scale --type=merge -p {"spec":{"replicas":2}}',
      'label deploy shop tier=front',
      'annotate deploy shop note=text',
    ])
  },
  'delete in the background, in the foreground, and leaving orphans': async (given) => {
    const kubectl = await running(given)
    const orphaned = await each(kubectl, ['delete deploy shop --cascade=orphan', 'get deploy'])
    const sets = printed(
      await kubectl([
        'get',
        'rs',
        '--no-headers',
        '-o',
        'custom-columns=WANTED:.spec.replicas,OWNERS:.metadata.ownerReferences',
      ]),
    )
    await kubectl(['apply', '-f', '-'], shop('1'))
    const foreground = await each(kubectl, [
      'delete deploy shop --cascade=foreground --timeout=60s',
      'get deploy,rs',
      'delete deploy none',
      'delete deploy none --ignore-not-found',
    ])
    return [orphaned, sets, foreground]
  },
  'auth: what may I do, and who am I': async (given) => {
    const kubectl = kubectlIn(given)
    return each(kubectl, [
      'auth can-i patch deployments',
      'auth can-i list pods --all-namespaces',
      'auth can-i get /healthz',
      'auth whoami -o jsonpath={.status.userInfo.username}',
    ])
  },
  'describe names containers, conditions and sets': async (given) => {
    const kubectl = await running(given)
    const { code, out } = await kubectl(['describe', 'deploy', 'shop', '--show-events=false'])
    return printed({ code, out, err: '' })
  },
  'events of a rollout': async (given) => {
    const kubectl = await running(given)
    return printed(await kubectl(['events', '--for', 'deploy/shop', '--no-headers']))
  },
}
