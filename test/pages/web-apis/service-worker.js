// Answers whoever writes.

addEventListener('message', ({ source }) => source.postMessage(1))
