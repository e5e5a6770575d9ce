/** The commands that steer a release which is there; rolling back is one of its own. */
export type SteerVerb =
  'approve' | 'push-all' | 'pause' | 'resume' | 'freeze' | 'retry' | 'skip' | 'adopt' | 'restore' | 'stop'
