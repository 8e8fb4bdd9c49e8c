// OpenTelemetry's own cases for context managers, in a page: what they listen to are elements.

import { casesOf, runCase } from '../../opentelemetry/otel-cases'

const suites = casesOf(() => document.createElement('div'))

/** What a page of the tests runs, and what went wrong where something did. */
async function runCases(): Promise<Record<string, string>> {
  const results: Record<string, string> = {}
  for (const [suite, cases] of Object.entries(suites)) {
    for (const [title, run] of Object.entries(cases)) {
      const late = new Promise((_, reject) => setTimeout(reject, 5000, new Error('never done')))
      const result = await Promise.race([runCase(run), late]).catch((error: unknown) => String(error))
      results[`${suite} ${title}`] = typeof result === 'string' ? result : 'passed'
    }
  }
  return results
}

Object.assign(globalThis, { runCases })
