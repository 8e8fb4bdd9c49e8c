// The passing of time, as a promise. Whoever awaits it goes on in the context in which it began to wait.

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
