/** https://nodejs.org/docs/latest-v26.x/api/tracing.html: all categories can be enabled; `node.module_timer` has events. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { nameMembers } from './internal/names.ts'
import type { TraceEvents } from './internal/trace-events.ts'
import { validateArray, validateObject, validateString } from './internal/validate.ts'

const shim: Shim = (context) => {
  const events = (): TraceEvents => context.require('internal/trace-events')

  class Tracing {
    readonly #categories: readonly string[]

    constructor(categories: readonly string[]) {
      this.#categories = categories
    }

    enable(): void {
      events().enable(this)
      // From now on somebody may want to know of every `require`.
      context.require('internal/module-timer')
    }

    disable(): void {
      events().disable(this)
    }

    get enabled(): boolean {
      return events().isEnabled(this)
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
      return events().categories().join() || undefined
    },
  })
}

export default shim
