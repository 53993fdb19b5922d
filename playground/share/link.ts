/** A program in the part of an address behind `#`: it never reaches a server. */
import type { Contents } from '../files/contents.ts'
import type { Edits } from '../files/workspace.ts'
import type { Rules } from '../overrides/rules.ts'
import type { Settings } from '../run/settings.ts'

/** What a link carries: a sample, and what is different. */
export interface Shared {
  readonly sample: string
  readonly settings: Settings
  readonly changes: Edits
}

/** Longer links are cut by mail programs and chats. */
export const longestLink = 16_000

const marker = 'program='

/** Below /, with no `..` or empty part; a slash at its end makes it a folder. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+\/?$/

interface Written {
  readonly sample: string
  readonly settings: Settings
  /** Bytes are in base64url. */
  readonly files: readonly (readonly [path: string, text: string | null, bytes?: string])[]
}

/** @returns the part behind `#`, as long as it may be */
export async function writeLink({ sample, settings, changes }: Shared): Promise<string> {
  const files = [...changes].map(([path, contents]): [string, string | null, string?] =>
    contents instanceof Uint8Array ? [path, '', toBase64(contents)] : [path, contents],
  )
  const written: Written = { sample, settings, files }
  const bytes = new TextEncoder().encode(JSON.stringify(written))
  return marker + toBase64(await through(bytes, new CompressionStream('deflate-raw')))
}

export function isLink(hash: string): boolean {
  return hash.replace(/^#/, '').startsWith(marker)
}

/** @throws an error for the reader when it is not a link, or a damaged one */
export async function readLink(hash: string): Promise<Shared> {
  try {
    const packed = fromBase64(hash.replace(/^#/, '').slice(marker.length))
    const bytes = await through(packed, new DecompressionStream('deflate-raw'))
    return checked(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    throw new Error(
      'The link is damaged: its end may have been cut off on the way. Ask for it again, or for the .zip.',
    )
  }
}

/** Anybody may have written it. */
function checked(written: Written): Shared {
  const { sample, settings, files } = written
  const changes = new Map<string, Contents | null>()
  for (const [path, text, bytes] of files) {
    if (typeof path !== 'string' || !plainPath.test(path)) throw new TypeError('no path')
    if (bytes !== undefined) changes.set(path, fromBase64(bytes))
    else changes.set(path, text === null ? null : String(text))
  }
  return { sample: String(sample), changes, settings: checkedSettings(settings) }
}

function checkedSettings({ main, args, env, rules }: Settings): Settings {
  return {
    main: String(main),
    args: String(args),
    env: String(env),
    rules: checkedRules(rules),
  }
}

function checkedRules({ readOnly, list }: Rules): Rules {
  return {
    readOnly: readOnly === true,
    list: list.map(({ id, instead }) => ({
      id: String(id),
      instead: instead === false ? false : String(instead),
    })),
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(piped).arrayBuffer())
}

/** https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
