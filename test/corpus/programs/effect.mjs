import {
  Cause,
  Chunk,
  Context,
  Duration,
  Effect,
  Exit,
  Layer,
  Option,
  pipe,
  Schedule,
  Schema,
  Stream,
} from 'effect'

export async function programs() {
  let tries = 0
  const flaky = Effect.suspend(() => (++tries < 3 ? Effect.fail('not yet') : Effect.succeed(tries)))
  const program = Effect.gen(function* () {
    const got = yield* Effect.retry(flaky, Schedule.recurs(5))
    const all = yield* Effect.all([Effect.succeed(1), Effect.sync(() => 2)], { concurrency: 2 })
    return { got, all }
  })
  return [await Effect.runPromise(program), Effect.runSync(Effect.succeed('now'))]
}
export function data() {
  const some = pipe(
    Option.some(2),
    Option.map((value) => value * 2),
    Option.getOrElse(() => 0),
  )
  return [
    some,
    Chunk.toReadonlyArray(Chunk.make(1, 2, 3)),
    Duration.toMillis(Duration.minutes(2)),
    String(Option.none()),
  ]
}
export function schemas() {
  const Person = Schema.Struct({ name: Schema.String, age: Schema.NumberFromString })
  return [
    Schema.decodeUnknownSync(Person)({ name: 'Ann', age: '7' }),
    Schema.encodeSync(Person)({ name: 'Bo', age: 8 }),
  ]
}
export async function services() {
  const Greeting = Context.Service('Greeting')
  const layer = Layer.succeed(Greeting, { hello: (name) => `hello ${name}` })
  const program = Effect.gen(function* () {
    const { hello } = yield* Greeting
    return hello('you')
  })
  const exit = Effect.runSyncExit(Effect.fail('sad'))
  return [
    await Effect.runPromise(Effect.provide(program, layer)),
    Exit.isFailure(exit),
    Cause.pretty(exit.cause).split('\n')[0],
  ]
}
export const streamed = () =>
  Effect.runPromise(
    Stream.runCollect(
      Stream.range(1, 5).pipe(
        Stream.map((value) => value * value),
        Stream.take(3),
      ),
    ),
  )
export const failing = () => Effect.runSync(Effect.fail(new TypeError('broken')))
export const mistyped = () => Schema.decodeUnknownSync(Schema.Number)('text')
