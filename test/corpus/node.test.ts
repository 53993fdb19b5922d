/** The corpus on the loader's own node, over the disk and over a volume. */

import { testAgreement } from './agreement.ts'
import { askNodeHost, askVolume } from './ask.ts'

testAgreement('node', askNodeHost)
testAgreement('volume', askVolume)
