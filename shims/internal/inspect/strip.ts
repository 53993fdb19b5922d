/** Terminal control sequences. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
const colors = /\u001b\[\d\d?m/g

/** Without the colours of `util.inspect`: its own are all that it has to find. */
export const withoutColors = (text: string): string => text.replace(colors, '')

/** Titles and links, up to their end; then what moves the cursor, or colours: parameters and a last letter. */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the same
  /\u001b\][\s\S]*?(?:\u0007|\u001b\\|\u009c)|[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g

export const withoutControls = (text: string): string => text.replace(controls, '')
