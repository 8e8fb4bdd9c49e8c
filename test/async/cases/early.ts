// Functions of the host as they were before the runtime came: this module has to be the first that is evaluated.

export const early = {
  setTimeout: globalThis.setTimeout,
  queueMicrotask: globalThis.queueMicrotask,
  addEventListener: EventTarget.prototype.addEventListener,
}
