import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { packages } from './packages.ts'

export default defineConfig({
  // Served below any path.
  base: './',
  plugins: [packages()],
  // The page imports lodger as a stranger would, and finds this repository's own build.
  server: { fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
  build: { target: 'es2023' },
})
