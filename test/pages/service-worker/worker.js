// Keeps the document as it came first, and answers with that from then on, as applications do that work without a network.

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(caches.open('documents').then((cache) => cache.add(registration.scope)))
})

addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(caches.match(registration.scope))
})
