// The zone.js of a page. It takes a rejection that is awaited a microtask later for one that nobody handles: no need to print it.

import 'zone-of-the-page'

Reflect.set(Reflect.get(globalThis, 'Zone'), '__zone_symbol__ignoreConsoleErrorUncaughtError', true)
