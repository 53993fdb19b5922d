import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { packages } from './samples/packages-plugin.ts'

export default defineConfig({
  // Served below any path.
  base: './',
  plugins: [packages()],
  // The page imports lodger as a stranger would, and finds this repository's own build.
  server: { fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
  // Engines that `lodger/transpile` knows too, and that nothing here asks for.
  worker: { format: 'es', rolldownOptions: { external: ['amaro', 'typescript'] } },
  build: {
    target: 'es2023',
    // TypeScript's compiler is one file of 9 MB, and is fetched with the sample that needs it.
    chunkSizeWarningLimit: 10_000,
    // Reading the packages takes what it takes.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
