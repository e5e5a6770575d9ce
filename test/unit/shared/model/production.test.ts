import { expect, test } from 'vitest'
import { looksLikeProduction } from '../../../../shared/model/production.ts'

test.each([
  'prod',
  'gov-prod',
  'PROD_eu',
  'eu.production',
  'prd1',
  'shop/live',
  'admin@prod',
  '杭州生产集群',
])('%s is taken for production', (name) => expect(looksLikeProduction(name)).toBe(true))

test.each(['product', 'delivery', 'olive', 'reproduction', 'staging', 'non-prod', 'preprod', 'pre-prod', ''])(
  '%j is not taken for production',
  (name) => expect(looksLikeProduction(name)).toBe(false),
)
