// The log of the page. A line says which request and which user it belongs to: it asks the context, nobody passes them.

import { currentUser, requestId } from './request-context'
import { span } from './span'

const region = document.querySelector('#log')
const lines = document.querySelector('#log ol')

export function log(text: string): void {
  append(text, 'line')
}

/** An error that was caught, as a line. */
export function logError(error: unknown): void {
  append(String(error), 'line error')
}

function append(text: string, className: string): void {
  const request = requestId.get('—')
  const user = currentUser.get().name
  const line = document.createElement('li')
  line.className = className
  line.dataset.request = request
  line.dataset.user = user
  line.append(span('request', request), ' ', span('user', user), ' ', span('text', text))
  lines?.append(line)
  region?.scrollTo({ top: region.scrollHeight })
}
