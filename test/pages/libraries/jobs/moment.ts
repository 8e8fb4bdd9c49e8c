/** A native promise that is kept after so many milliseconds. */
export const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
