import type { Loose } from './loose.ts'

/** `instanceof` for constructors that are functions: TypeScript takes their instances for empty objects otherwise. */
export const isInstance = (value: unknown, Class: Loose): boolean => value instanceof Class
