/** The corpus in a realm with nothing but the language. */
import { testAgreement } from './agreement.ts'
import { askBareVm } from './ask.ts'

testAgreement('bare vm', askBareVm)
