/**
 * Thrown by `process.exit()`: it unwinds the guest's stack to the loader, which ends the guest and never the host.
 * Deliberately not an Error: `catch (error) { log(error.message) }` of a guest should not make sense of it.
 */
export class ExitSignal {
  readonly exitCode: number

  constructor(exitCode: number) {
    this.exitCode = exitCode
  }

  /** What a host shows that lets it through. */
  toString(): string {
    return `process.exit(${this.exitCode})`
  }
}
