// A worker without a runtime, which a worker makes.

self.onmessage = ({ data }) => postMessage({ data, path: location.pathname })
