import { ZodError, z } from 'zod'
import * as mini from 'zod/mini'

const user = z.object({
  name: z.string().min(2),
  email: z.email().optional(),
  age: z.coerce.number().int().positive(),
  tags: z.array(z.enum(['a', 'b'])).default([]),
})

export const parsed = () => [
  user.parse({ name: 'Ann', age: '7' }),
  z.union([z.string(), z.number()]).transform(String).parse(4),
  mini.parse(mini.optional(mini.string()), undefined) === undefined,
]
export function refused() {
  const { error } = user.safeParse({ name: 'A', email: 'no', age: -1, tags: ['c'] })
  return [error instanceof ZodError, error.issues, z.prettifyError(error), z.treeifyError(error)]
}
export const described = () => z.toJSONSchema(user)
export async function later() {
  const schema = z.string().refine(async (text) => text === 'yes', 'only yes')
  return [await schema.parseAsync('yes'), (await schema.safeParseAsync('no')).error.message]
}
export const failing = () => user.parse(null)
