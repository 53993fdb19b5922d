/** A loader with the default shims, for the entries that bring a host and a way to evaluate. */
import { guestGlobals } from '../shims/globals.ts'
import { createModules } from './esm/loader.ts'
import { isNamespace } from './esm/namespace.ts'
import { toVolume } from './fs/adapt.ts'
import { createRooted } from './fs/rooted.ts'
import { createUpkeep, upkeepOptions } from './graph/upkeep.ts'
import { hookOptions, readHooks } from './hooks/options.ts'
import type { Engine } from './load/engine.ts'
import { createLoaderFrom, type Loader, only } from './load/loader.ts'
import { type LoaderOptions, readOptions, withPowers } from './load/options.ts'
import {
  type Birth,
  type Born,
  createPrograms,
  disposeTogether,
  firstBirth,
  programOptions,
} from './load/programs.ts'
import { createRules, ruleOptions } from './overrides/rules.ts'
import type { Evaluate, Host, ShimContext } from './seams.ts'
import { readStackOptions, stackOptions } from './stacks/options.ts'
import { createStacks } from './stacks/stacks.ts'
import { builtins } from './texts.ts'
import { chooseTranspile, transpileOptions } from './transpile/install.ts'

export function composeLoader(options: LoaderOptions, host: Host, evaluate: Evaluate): Loader {
  const birth = firstBirth(only)
  const { loader, context } = compose(options, host, evaluate, birth)
  disposeTogether(context, birth)
  return loader
}

function compose(
  options: LoaderOptions,
  host: Host,
  evaluate: Evaluate,
  birth: Birth,
  isSynchronous = false,
): Born {
  const mine = ruleOptions + hookOptions + upkeepOptions + transpileOptions + stackOptions
  const read = readOptions(options, mine)
  const powers = withNamespaces(withPowers(host, options.host))
  const { settings: plain, extend } = createRules(options, read)
  const { settings, transpiling } = chooseTranspile(options, plain, powers)
  const stackSettings = readStackOptions(options, settings)
  const installHooks = readHooks(options)
  const { fs = {} } = options
  const volume = toVolume(fs)
  let context: ShimContext | undefined
  let engine: Engine | undefined
  const loader: Loader = createLoaderFrom({
    settings,
    volume: settings.root === '/' ? volume : createRooted(volume, settings.root),
    host: powers,
    evaluate,
    shims: builtins,
    globals(made) {
      context = made
      return guestGlobals(made)
    },
    transpiling,
    extend(made, globals) {
      engine = made
      prepareTimer(made)
      installHooks?.(made, () => loader)
      return extend(made, globals)
    },
    upkeep: (made) => createUpkeep(made, options.trace),
    modules: (made) =>
      createModules(made, {
        parse: (source) => made.builtins.original('internal/module-syntax').parse(source),
        commonJsExports: (source) =>
          made.builtins.original('internal/common-js-exports').commonJsExports(source),
      }),
    stacks: (made) =>
      createStacks(
        made,
        stackSettings,
        () => made.builtins.original('internal/source-map-codec').decode,
      ),
    isSynchronous,
    identity: birth.identity,
    programs: createPrograms(birth, (start, born) =>
      compose(programOptions(options, start, volume), host, evaluate, born, start.isSynchronous),
    ),
  })
  return { loader, context: context as ShimContext, engine: engine as Engine }
}

/** Who asks for no times need not pay for them. */
function prepareTimer({ settings: { env, execArgv }, builtins }: Engine): void {
  const { NODE_DEBUG = '', NODE_OPTIONS = '' } = env
  const hasEvents = [NODE_OPTIONS, ...execArgv].join(' ').includes('--trace-event')
  if (hasEvents || /module_timer|\*/i.test(NODE_DEBUG)) builtins.original('internal/module-timer')
}

/** The namespaces of ES modules are proxies, but no guest's. */
function withNamespaces(host: Host): Host {
  const { isProxy } = host
  return isProxy ? { ...host, isProxy: (value) => !isNamespace(value) && isProxy(value) } : host
}
