/** The corpus in QuickJS. */
import { testAgreement } from './agreement.ts'
import { askQuickJs } from './ask.ts'

testAgreement('quickjs', askQuickJs)
