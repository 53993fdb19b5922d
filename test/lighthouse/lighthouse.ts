/** Lighthouse, run from its own command line: it starts a Chromium of its own each time. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { flags } from '../hosts/browser.ts'

export type Device = 'desktop' | 'phone'

export interface Figures {
  /** A phone is slow, and so is its network: Lighthouse pretends both. */
  readonly device: Device
  /** From 0 to 100. */
  readonly performance: number
  readonly accessibility: number
  readonly bestPractices: number
  /** What accessibility and best practices are marked down for. */
  readonly faults: readonly string[]
}

interface Report {
  readonly categories: Readonly<
    Record<string, { score: number; auditRefs: readonly { id: string; weight: number }[] }>
  >
  readonly audits: Readonly<Record<string, { score: number | null; title: string }>>
}

const manifest = createRequire(import.meta.url).resolve('lighthouse/package.json')

export const { version } = createRequire(import.meta.url)(manifest) as { version: string }

/** @param address of a page that is being served */
export async function measure(address: string, device: Device): Promise<Figures> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(dirname(manifest), 'cli/index.js'),
      address,
      ...(device === 'desktop' ? ['--preset=desktop'] : []),
      '--only-categories=performance,accessibility,best-practices',
      '--output=json',
      '--quiet',
      '--no-enable-error-reporting',
      `--chrome-flags=--headless=new ${flags.join(' ')}`,
    ],
    {
      env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' },
      maxBuffer: 50_000_000,
    },
  )
  return figuresOf(JSON.parse(stdout), device)
}

function figuresOf({ categories, audits }: Report, device: Device): Figures {
  const score = (category: string) => Math.round((categories[category]?.score ?? 0) * 100)
  const held = [categories.accessibility, categories['best-practices']]
  const faults = held
    .flatMap((category) => category?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${id}: ${audits[id]?.title}`)
  return {
    device,
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    faults,
  }
}
