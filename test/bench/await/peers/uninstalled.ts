// This package, after it was installed, used and uninstalled again.

import { install } from '../../../../runtime/async'
import { offer } from '../../peer'
import { ours } from '../ours'
import { none, shapes } from '../shapes'

const uninstall = install()
for (const prepare of Object.values(shapes(ours))) await prepare()(1)
uninstall()
offer(shapes(none))
