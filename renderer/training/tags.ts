/** What the training cluster's images do, by the end of their tag. */
export const trainingTags = [
  { tag: '20190215093000', does: 'good' },
  { tag: '20190215093000-slow', does: 'slow' },
  { tag: '20190215093000-missing', does: 'missing' },
  { tag: '20190215093000-crash', does: 'crash' },
  { tag: '20190215093000-never-ready', does: 'never-ready' },
  { tag: '20190215093000-dies', does: 'dies' },
  { tag: '20190215093000-errors', does: 'errors' },
] as const

export const trainingSpeeds = [1, 5, 20] as const
