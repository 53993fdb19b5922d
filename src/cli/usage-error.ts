/** The command was called in a way that cannot be obeyed: printed without a stack, exit code 2. */
export class UsageError extends Error {
  /** The subcommand whose help is worth reading. */
  readonly command: string | undefined

  /** @param message names the thing that was wrong, and the remedy */
  constructor(message: string, command?: string) {
    super(message)
    this.name = 'UsageError'
    this.command = command
  }
}
