// Customers, as the server knows them. The server takes the time that it is asked to take.

import type { User } from './request-context'

export async function fetchUser(id: number): Promise<User> {
  const response = await fetch(`/api/users/${id}?ms=60`)
  if (!response.ok) throw new Error(`The server does not know user ${id} (${response.status})`)
  return response.json()
}
