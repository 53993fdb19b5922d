import { compile, compileModule, parse, preprocess, VERSION } from 'svelte/compiler'
import { render } from 'svelte/server'
import { derived, get, writable } from 'svelte/store'

const source = `<script>
  let { name, items = [] } = $props()
  let shout = $derived(name.toUpperCase())
</script>
<h1 class="title">{shout}</h1>
{#each items as item, i}<li>{i}: {item}</li>{:else}<p>none</p>{/each}
<style>.title { color: red }</style>`

export function compiled() {
  const { js, css, warnings } = compile(source, { generate: 'client', filename: 'App.svelte' })
  return [js.code, css.code, warnings.length, VERSION]
}
export function parsed() {
  const { fragment, instance } = parse(source, { modern: true })
  return [fragment.nodes.map(({ type }) => type), instance.content.body.length]
}
export async function processed() {
  const { code } = await preprocess(source, {
    style: ({ content }) => ({ code: content.replace('red', 'blue') }),
  })
  return [
    code.includes('blue'),
    compileModule('export let count = $state(0)', { filename: 'a.svelte.js' }).js.code,
  ]
}
export function rendered() {
  const { js } = compile(source, { generate: 'server', filename: 'App.svelte' })
  const imports = js.code.match(/^import .*$/gm)
  const count = writable(1)
  const twice = derived(count, (value) => value * 2)
  count.set(4)
  const { body } = render(($$renderer) => $$renderer.push('<p>hi</p>'))
  return [imports, get(twice), body]
}
export const failing = () => compile('{#if}', {})
