// A shared worker.

self.onconnect = ({ ports: [port] }) => port.postMessage({ name })
