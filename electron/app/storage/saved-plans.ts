import type { Target } from '../../../shared/contract.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { NamedPlan } from '../../../shared/release/saved-plan.ts'
import type { Settings, SettingsFile } from './settings-file.ts'

const mostPlans = 50

/** Plans are kept on this machine, by Service and name: the same name replaces what it had. */
export function savePlan(
  settings: SettingsFile,
  target: Target,
  { name, plan }: NamedPlan,
): Promise<Reply<null>> {
  const others = settings.read().plans.filter((one) => !isOf(one, target) || one.name !== name)
  if (others.filter((one) => isOf(one, target)).length >= mostPlans)
    return Promise.resolve(failed('invalid-input', { kind: 'too-many-plans', most: mostPlans }))
  const { connection, namespace, service } = target
  const steps = plan.steps.map((step) => ({ ...step, gates: { ...step.gates } }))
  const saved = { connection, namespace, service, name, plan: { ...plan, steps } }
  settings.change((all) => ({ ...all, plans: [...others, saved] }))
  return Promise.resolve(ok(null))
}

export function removePlan(settings: SettingsFile, target: Target, name: string): Promise<Reply<null>> {
  settings.change((all) => ({
    ...all,
    plans: all.plans.filter((one) => !isOf(one, target) || one.name !== name),
  }))
  return Promise.resolve(ok(null))
}

export function plansOf(settings: Settings, target: Target): readonly NamedPlan[] {
  return settings.plans
    .filter((one) => isOf(one, target))
    .map(({ name, plan }) => ({ name, plan }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function isOf(one: Settings['plans'][number], { connection, namespace, service }: Target): boolean {
  return one.connection === connection && one.namespace === namespace && one.service === service
}
