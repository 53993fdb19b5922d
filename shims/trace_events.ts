/** https://nodejs.org/docs/latest-v26.x/api/tracing.html: categories can be enabled, and nobody writes them down. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { nameMembers } from './internal/names.ts'
import { validateArray, validateObject, validateString } from './internal/validate.ts'

const shim: Shim = () => {
  const enabled = new Set<Tracing>()

  class Tracing {
    readonly #categories: readonly string[]

    constructor(categories: readonly string[]) {
      this.#categories = categories
    }

    enable(): void {
      enabled.add(this)
    }

    disable(): void {
      enabled.delete(this)
    }

    get enabled(): boolean {
      return enabled.has(this)
    }

    get categories(): string {
      return this.#categories.join()
    }
  }

  return nameMembers({
    createTracing(options: Loose): Tracing {
      validateObject(options, 'options')
      const { categories } = options
      validateArray(categories, 'options.categories')
      for (const [index, name] of categories.entries()) {
        validateString(name, `options.categories[${index}]`)
      }
      if (categories.length > 0) return new Tracing(categories as string[])
      const text = 'At least one category is required'
      throw codedError(TypeError, 'ERR_TRACE_EVENTS_CATEGORY_REQUIRED', text)
    },
    getEnabledCategories(): string | undefined {
      const all = [...enabled].flatMap(({ categories }) => categories.split(','))
      return all.length > 0 ? [...new Set(all)].sort().join() : undefined
    },
  })
}

export default shim
