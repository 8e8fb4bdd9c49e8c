// The page's own zone.js, as an application's polyfills bring it. Which version, the build says.

import 'zone-of-the-page'
