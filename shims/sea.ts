/** https://nodejs.org/docs/latest-v26.x/api/single-executable-applications.html: the guest is none. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { shapeMembers } from './internal/names.ts'

const shim: Shim = () => {
  const absent = (): never => {
    throw codedError(
      Error,
      'ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION',
      'Operation cannot be invoked when not in a single-executable application',
    )
  }
  const exports = {
    isSea: () => false,
    getAsset: () => absent(),
    getRawAsset: () => absent(),
    getAssetAsBlob: () => absent(),
    getAssetKeys: () => absent(),
  }
  return shapeMembers(exports, 'getAsset:getAsset/2 getRawAsset:getRawAsset/1 getAssetAsBlob/2')
}

export default shim
