/** The languages by themselves: `javascript()` and `json()` bring completion and its panel along. */
import {
  javascriptLanguage,
  jsxLanguage,
  tsxLanguage,
  typescriptLanguage,
} from '@codemirror/lang-javascript'
import { jsonLanguage } from '@codemirror/lang-json'
import type { Extension } from '@codemirror/state'

const languages: Readonly<Record<string, Extension>> = {
  js: javascriptLanguage,
  jsx: jsxLanguage,
  json: jsonLanguage,
  map: jsonLanguage,
  ts: typescriptLanguage,
  tsx: tsxLanguage,
}

/** By the ending of the file's name: `.cjs` is `.js`. */
export function languageOf(path: string): Extension {
  const [, ending = ''] = /\.[cm]?(\w+)$/.exec(path) ?? []
  return languages[ending] ?? []
}
