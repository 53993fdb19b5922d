import { UsageError } from './usage-error.ts'

/** @throws UsageError where the shell stands in a directory that somebody has removed */
export function workingDirectory(command: string): string {
  try {
    return process.cwd()
  } catch {
    throw new UsageError('the working directory is gone: change to one that exists', command)
  }
}
