// Sets one variable as soon as it can: whoever comes later than the first script has missed it.

import { ContextVar } from '/runtime/index.js'

new ContextVar('place').set(window === top ? 'top' : 'frame')
document.body.dataset.done = 'yes'
