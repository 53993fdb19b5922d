/** What the guest's `process` says of the node that it stands for. Plain data: each loader gets copies. */
import type { ProcessSettings } from '../../../src/seams.ts'

const versions =
  'node:26.10.0 acorn:8.18.0 ada:4.0.0 amaro:1.1.11 ares:1.34.8 brotli:1.2.0 cldr:48.0 icu:78.3 ' +
  'libffi:3.8.0 lief:0.17.0 llhttp:9.4.3 merve:1.2.2 modules:147 napi:10 nbytes:0.1.4 ' +
  'ncrypto:0.0.1 nghttp2:1.70.0 nghttp3: ngtcp2: openssl:3.5.8 simdjson:4.6.11 simdutf:7.7.0 ' +
  'sqlite:3.53.4 tz:2026c undici:8.10.2 unicode:17.0 uv:1.52.1 uvwasi:0.0.23 ' +
  'v8:14.6.202.34-node.34 zlib:1.3.2.1-motley-285e94b zstd:1.5.7'

export function createVersions(): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const pair of versions.split(' ')) {
    const [name = '', value = ''] = pair.split(':')
    result[name] = value
  }
  return Object.freeze(result)
}

/** @param version as `process.version` has it */
export function createRelease(version: string): Readonly<Record<string, string>> {
  const base = `https://nodejs.org/download/release/${version}/node-${version}`
  return {
    name: 'node',
    sourceUrl: `${base}.tar.gz`,
    headersUrl: `${base}-headers.tar.gz`,
  }
}

export function createFeatures(
  options: { has(flag: string): boolean },
  typescript: ProcessSettings['typescript'],
): object {
  const features = {
    inspector: false,
    debug: false,
    uv: true,
    ipv6: true,
    tls_alpn: true,
    tls_sni: true,
    tls_ocsp: true,
    tls: true,
    openssl_is_boringssl: false,
  }
  const getters = {
    cached_builtins: () => true,
    require_module: () =>
      !options.has('--no-require-module') && !options.has('--no-experimental-require-module'),
    dtls: () => false,
    quic: () => false,
    typescript: () => typescript,
  }
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(features, name, { get, enumerable: true, configurable: true })
  }
  return features
}

/** The few entries of `process.config` that programs look at. */
export function createConfig(hasIntl: boolean): object {
  const freeze = Object.freeze
  return freeze({
    target_defaults: freeze({
      cflags: freeze([]),
      default_configuration: 'Release',
      defines: freeze([]),
      include_dirs: freeze([]),
      libraries: freeze([]),
    }),
    variables: freeze({
      debug_node: false,
      host_arch: 'x64',
      target_arch: 'x64',
      napi_build_version: '10',
      node_builtin_shareable_builtins: freeze([]),
      node_byteorder: 'little',
      node_module_version: 147,
      node_prefix: '/usr/local',
      node_shared: false,
      node_use_amaro: true,
      node_use_openssl: true,
      openssl_is_fips: false,
      v8_enable_i18n_support: hasIntl ? 1 : 0,
      v8_enable_sandbox: 0,
    }),
  })
}
