import { existsSync, readFileSync } from 'node:fs'

/**
 * The names of the tests that have failed by the JSON reports of vitest and Playwright, with what they said first. They
 * go to the very end of what a run prints: of a long one, often nothing but its end is kept.
 */
export function failures(reports) {
  return reports
    .filter((report) => existsSync(report))
    .flatMap((report) => {
      const found = JSON.parse(readFileSync(report, 'utf8'))
      return 'testResults' in found ? ofVitest(found) : found.suites.flatMap(ofPlaywright)
    })
}

function ofVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${name}: ${firstLine(message)}`] : []
    return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
  })
}

function ofPlaywright({ suites = [], specs = [] }) {
  const failed = specs.filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'))
  return [
    ...failed.map(({ file, title, tests }) => {
      const said = tests.flatMap(({ results }) => results).find(({ error }) => error !== undefined)
      return `${file} > ${title}: ${firstLine(said?.error.message)}`
    }),
    ...suites.flatMap(ofPlaywright),
  ]
}

function firstLine(text = '') {
  return text.split('\n', 1)[0]
}
