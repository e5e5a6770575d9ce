/** Scenarios of other release engines that mean nothing here, each with its reason. */
export const doNotApply: Readonly<Record<number, string>> = {
  8: 'Batches are Deployments that a team has made, with sizes in whole pods that a person sets; nothing here divides a number of pods into a number of batches. What is moved between neighbours keeps the total (test/unit/shared/view/sizes.test.ts).',
  54: 'There are no freeze windows: a window that only one laptop knows would promise what it cannot keep, since a colleague without it would release all the same. Who wants to hold a running release in an incident pauses it, or asks its driver to through the journal; rolling back is always open.',
}
