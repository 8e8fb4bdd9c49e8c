// An application with a first value, set before anybody can come late to it. Asked to, it registers its service worker; and once it
// loads itself again, as pages do whose service worker was updated, or is to isolate them.

import { ContextVar } from '/runtime/index.js'

new ContextVar('language').set('en')

if (location.hash === '#worker') navigator.serviceWorker.register('./worker.js')

const again = sessionStorage.getItem('again')
sessionStorage.removeItem('again')
if (again !== null) location.reload()
