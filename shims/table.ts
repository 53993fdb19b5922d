/** Every builtin of node 26 that a program may ask for, and what stands in for it. `module` is the engine's own. */

import type { Builtins } from '../src/seams.ts'
import assertStrict from './assert/strict.ts'
import assert from './assert.ts'
import asyncHooks from './async_hooks.ts'
import buffer from './buffer.ts'
import childProcess from './child_process.ts'
import cluster from './cluster.ts'
import console from './console.ts'
import constants from './constants.ts'
import crypto from './crypto.ts'
import diagnosticsChannel from './diagnostics_channel.ts'
import dnsPromises from './dns/promises.ts'
import dns from './dns.ts'
import domain from './domain.ts'
import events from './events.ts'
import fsPromises from './fs/promises.ts'
import fs from './fs.ts'
import http from './http.ts'
import https from './https.ts'
import inspector from './inspector.ts'
import childProcessSync from './internal/child/sync.ts'
import commonJsExports from './internal/common-js-exports.ts'
import cryptoDerivation from './internal/crypto/derivation.ts'
import cryptoHashes from './internal/crypto/hashes.ts'
import cryptoKeys from './internal/crypto/keys.ts'
import cryptoBlake2 from './internal/crypto/noble/blake2.ts'
import cryptoHmac from './internal/crypto/noble/hmac.ts'
import cryptoLegacy from './internal/crypto/noble/legacy.ts'
import cryptoScrypt from './internal/crypto/noble/scrypt.ts'
import cryptoSha2 from './internal/crypto/noble/sha2.ts'
import cryptoSha3 from './internal/crypto/noble/sha3.ts'
import eventWaiters from './internal/event-waiters.ts'
import fsCopy from './internal/fs/copy.ts'
import fsDirectory from './internal/fs/directory.ts'
import fsFileHandle from './internal/fs/file-handle.ts'
import fsGlob from './internal/fs/glob.ts'
import fsLibrary from './internal/fs/library.ts'
import fsPromiseMethods from './internal/fs/promise-methods.ts'
import fsStreams from './internal/fs/streams.ts'
import fsWatch from './internal/fs/watch.ts'
import httpClientPart from './internal/http/client.ts'
import {
  httpAgent,
  httpClient,
  httpCommon,
  httpIncoming,
  httpOutgoing,
  httpServer,
} from './internal/http/legacy-modules.ts'
import valueInspector from './internal/inspect/inspector.ts'
import legacyStream from './internal/legacy-stream.ts'
import { loopOf } from './internal/loop.ts'
import moduleSyntax from './internal/module-syntax.ts'
import moduleTimer from './internal/module-timer.ts'
import netAddresses from './internal/net/addresses.ts'
import processParts from './internal/process/parts.ts'
import sourceMapCodec from './internal/source-map-codec.ts'
import streamLibrary from './internal/stream-library.ts'
import streamWebAdapters from './internal/stream-web-adapters.ts'
import { stub } from './internal/stub-exports.ts'
import systemErrors from './internal/system-errors.ts'
import { timersOf } from './internal/timers.ts'
import tlsWrap from './internal/tls/wrap.ts'
import traceRecord from './internal/trace-events.ts'
import utilTools from './internal/util-tools.ts'
import webClasses from './internal/web/classes.ts'
import web from './internal/web/globals.ts'
import whatwgUrl from './internal/whatwg-url.ts'
import zlibLibrary from './internal/zlib/library.ts'
import zlibStreams from './internal/zlib/streams.ts'
import net from './net.ts'
import os from './os.ts'
import pathPosix from './path/posix.ts'
import pathWin32 from './path/win32.ts'
import path from './path.ts'
import perfHooks from './perf_hooks.ts'
import process from './process.ts'
import punycode from './punycode.ts'
import querystring from './querystring.ts'
import readlinePromises from './readline/promises.ts'
import readline from './readline.ts'
import sea from './sea.ts'
import streamConsumers from './stream/consumers.ts'
import streamPromises from './stream/promises.ts'
import streamWeb from './stream/web.ts'
import stream from './stream.ts'
import stringDecoder from './string_decoder.ts'
import sys from './sys.ts'
import test from './test.ts'
import timersPromises from './timers/promises.ts'
import timers from './timers.ts'
import traceEvents from './trace_events.ts'
import tty from './tty.ts'
import url from './url.ts'
import utilTypes from './util/types.ts'
import util from './util.ts'
import v8 from './v8.ts'
import vm from './vm.ts'
import workerThreads from './worker_threads.ts'
import zlib from './zlib.ts'

export const builtins: Builtins = {
  _http_agent: httpAgent,
  _http_client: httpClient,
  _http_common: httpCommon,
  _http_incoming: httpIncoming,
  _http_outgoing: httpOutgoing,
  _http_server: httpServer,
  _tls_common: stub,
  _tls_wrap: tlsWrap,
  assert,
  'assert/strict': assertStrict,
  async_hooks: asyncHooks,
  buffer,
  child_process: childProcess,
  cluster,
  console,
  constants,
  crypto,
  dgram: stub,
  diagnostics_channel: diagnosticsChannel,
  dns,
  'dns/promises': dnsPromises,
  domain,
  events,
  fs,
  'fs/promises': fsPromises,
  http,
  http2: stub,
  https,
  inspector,
  'inspector/promises': inspector,
  net,
  os,
  path,
  'path/posix': pathPosix,
  'path/win32': pathWin32,
  perf_hooks: perfHooks,
  process,
  punycode,
  querystring,
  readline,
  'readline/promises': readlinePromises,
  repl: stub,
  stream,
  'stream/consumers': streamConsumers,
  'stream/promises': streamPromises,
  'stream/web': streamWeb,
  string_decoder: stringDecoder,
  sys,
  timers,
  'timers/promises': timersPromises,
  tls: stub,
  trace_events: traceEvents,
  tty,
  url,
  util,
  'util/types': utilTypes,
  v8,
  vm,
  wasi: stub,
  worker_threads: workerThreads,
  zlib,

  // To be had by `node:` only.
  ffi: stub,
  sea,
  sqlite: stub,
  test,
  'test/reporters': stub,

  // Not to be had by guests: what `globals.ts` needs when one of its values is first read, …
  'internal/loop': loopOf,
  'internal/common-js-exports': commonJsExports,
  'internal/module-syntax': moduleSyntax,
  'internal/web': web,
  // … and parts of the builtins above that wait until a program uses them.
  'internal/crypto/blake2': cryptoBlake2,
  'internal/crypto/derivation': cryptoDerivation,
  'internal/child-sync': childProcessSync,
  'internal/crypto/hashes': cryptoHashes,
  'internal/crypto/hmac': cryptoHmac,
  'internal/crypto/keys': cryptoKeys,
  'internal/crypto/legacy': cryptoLegacy,
  'internal/crypto/scrypt': cryptoScrypt,
  'internal/crypto/sha2': cryptoSha2,
  'internal/crypto/sha3': cryptoSha3,
  'internal/event-waiters': eventWaiters,
  'internal/fs': fsLibrary,
  'internal/fs/copy': fsCopy,
  'internal/fs/directory': fsDirectory,
  'internal/fs/glob': fsGlob,
  'internal/fs/handle': fsFileHandle,
  'internal/fs/promises': fsPromiseMethods,
  'internal/fs/streams': fsStreams,
  'internal/fs/watch': fsWatch,
  'internal/inspect': valueInspector,
  'internal/http/client': httpClientPart,
  'internal/legacy-stream': legacyStream,
  'internal/module-timer': moduleTimer,
  'internal/net/addresses': netAddresses,
  'internal/process': processParts,
  'internal/source-map-codec': sourceMapCodec,
  'internal/stream-library': streamLibrary,
  'internal/stream-web-adapters': streamWebAdapters,
  'internal/system-errors': systemErrors,
  'internal/timers': timersOf,
  'internal/trace-events': traceRecord,
  'internal/util': utilTools,
  'internal/web/classes': webClasses,
  'internal/whatwg-url': whatwgUrl,
  'internal/zlib': zlibStreams,
  'internal/zlib/library': zlibLibrary,
}
