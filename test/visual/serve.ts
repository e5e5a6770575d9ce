import { createServer } from 'vite'
import { scenarioNames } from './scenario.ts'
import { servedPage } from './vite-options.ts'

// node test/visual/serve.ts: the fixture page with hot reload, one address per state.
const server = await createServer(servedPage)
await server.listen()
const base = server.resolvedUrls?.local[0] ?? ''
console.log(scenarioNames.map((name) => `${base}?state=${name}&lang=en&theme=light`).join('\n'))
