// A worker without a runtime.

self.onmessage = ({ data }) => postMessage({ data, hash: location.hash })
