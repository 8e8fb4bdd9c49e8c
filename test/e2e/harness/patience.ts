/** How long anything may take to be seen: no measure of the panel, only the end of what hangs, on a machine with other tests to run. */
export const PATIENCE = 40_000
