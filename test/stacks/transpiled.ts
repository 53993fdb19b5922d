/** TypeScript to text with a source map, as tools leave it on disk. */
import { type TransformOptions, transformSync } from 'esbuild'

export interface Transpiled {
  readonly code: string
  readonly map: string
}

/** @param name of the source, as the map has it */
export function transpiled(
  source: string,
  name: string,
  options: TransformOptions = {},
): Transpiled {
  return transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2022',
    sourcefile: name,
    sourcemap: 'external',
    ...options,
  })
}

/** With the map in a comment at the end. */
export function inlined({ code, map }: Transpiled): string {
  const data = Buffer.from(map).toString('base64')
  return `${code}//# sourceMappingURL=data:application/json;base64,${data}\n`
}
