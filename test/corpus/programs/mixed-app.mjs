/** An application of our own, in `fixtures/mixed-app`, whose log must be the same. */
export * from './fixtures/mixed-app/main.mjs'
