/**
 * lodger as it was built: `dist`, or another build named by the variable LODGER_DIST, so that two can be compared.
 * Imported by its files, since the package's name would always mean this repository's own.
 */
import { pathToFileURL } from 'node:url'

const dist = process.env.LODGER_DIST
  ? pathToFileURL(`${process.env.LODGER_DIST}/`)
  : new URL('../../dist/', import.meta.url)

/** @param {'index' | 'core' | 'resolve/index' | 'fs/volume' | 'hosts/node/index' | 'transpile/index'} entry @returns {Promise<any>} */
export const importLodger = (entry) => import(new URL(`${entry}.js`, dist).href)
