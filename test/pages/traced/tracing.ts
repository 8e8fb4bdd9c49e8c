// OpenTelemetry as an application sets it up: a provider, the instrumentations of the web, and one of three context managers.

import { type ContextManager, trace } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { DocumentLoadInstrumentation } from '@opentelemetry/instrumentation-document-load'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { UserInteractionInstrumentation } from '@opentelemetry/instrumentation-user-interaction'
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request'
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  StackContextManager,
  WebTracerProvider,
} from '@opentelemetry/sdk-trace-web'
import { ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'

interface Choice {
  label: string
  make(): Promise<ContextManager>
}

export const managers: Record<string, Choice> = {
  contextvars: { label: 'contextvars', make: async () => new ContextVarsContextManager() },
  zone: {
    label: 'zone.js',
    // It changes the page as soon as it is loaded.
    make: async () => new (await import('@opentelemetry/context-zone')).ZoneContextManager(),
  },
  stack: { label: 'stack', make: async () => new StackContextManager() },
}

/** Answers where the spans are that have ended. */
export async function startTracing(name: string): Promise<InMemorySpanExporter> {
  const exporter = new InMemorySpanExporter()
  const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const contextManager = await managers[name]?.make()
  provider.register(contextManager === undefined ? {} : { contextManager })
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new DocumentLoadInstrumentation(),
      new FetchInstrumentation(),
      new XMLHttpRequestInstrumentation(),
      new UserInteractionInstrumentation(),
    ],
  })
  return exporter
}

export const tracer = () => trace.getTracer('tea-by-post')
