/** The two types at the border to node's untyped world; named once, so that the reason stands once. */

// biome-ignore lint/suspicious/noExplicitAny: node's interfaces take and give anything, and guests subclass and patch them
export type Loose = any

export type LooseFunction = (this: Loose, ...args: Loose[]) => Loose
