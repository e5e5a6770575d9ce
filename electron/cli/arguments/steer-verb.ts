import type { SteeringVerb } from '../../../shared/release/verbs.ts'

/** The commands that steer a release which is there; rolling back is one of its own. */
export type SteerVerb = Exclude<SteeringVerb, 'roll-back'>
