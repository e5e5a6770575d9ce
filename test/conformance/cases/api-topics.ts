import type { Cases } from '../run-cases.ts'
import { applying } from './applying.ts'
import { checking } from './checking.ts'
import { discovery } from './discovery.ts'
import { listing } from './listing.ts'
import { patching } from './patching.ts'
import { refusals } from './refusals.ts'
import { removing } from './removing.ts'
import { subresources } from './subresources.ts'
import { validating } from './validating.ts'
import { forgetting, watching } from './watching.ts'
import { writing } from './writing.ts'

/** Topic -> its cases, for every target alike. The last one forgets what others rely on. */
export const apiTopics: Readonly<Record<string, Cases>> = {
  discovery,
  listing,
  watching,
  refusals,
  writing,
  patching,
  applying,
  checking,
  validating,
  removing,
  subresources,
  forgetting,
}
