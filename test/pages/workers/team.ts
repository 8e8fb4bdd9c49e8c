// The workers of one maker, and all that they say to it.

export class Team {
  readonly workers: Record<string, Worker> = {}
  readonly said: Record<string, unknown[]> = {}

  add(key: string, worker: Worker): void {
    const said: unknown[] = []
    this.workers[key] = worker
    this.said[key] = said
    worker.onmessage = ({ data }) => said.push(['handler', data])
    worker.addEventListener('message', ({ data }) => said.push(['listener', data]))
    worker.addEventListener('messageerror', () => said.push(['messageerror']))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      said.push(['error', event.message, event.filename, event.lineno, event.constructor.name])
    })
  }

  /** All that was said, once each has said something. */
  async report(): Promise<Record<string, unknown[]>> {
    for (const worker of Object.values(this.workers)) worker.postMessage('report')
    while (Object.values(this.said).some((one) => one.length === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return this.said
  }
}
