import * as everything from '@vue/compiler-sfc'
import {
  compileScript,
  compileStyle,
  compileTemplate,
  parse,
  resolveMaxNestingDepth,
  rewriteDefault,
} from '@vue/compiler-sfc'

const source = `<script setup>
import { ref } from 'vue'
const props = defineProps({ start: Number })
const count = ref(props.start)
</script>
<template><button :class="{ on: count }" @click="count++">{{ count }} times</button></template>
<style scoped>button > .a { color: v-bind(count) }</style>`

export function described() {
  const { descriptor, errors } = parse(source, { filename: 'Counter.vue' })
  const { content, bindings } = compileScript(descriptor, { id: 'abc', inlineTemplate: true })
  return [errors.length, content, bindings, descriptor.cssVars]
}
export function template() {
  const { code, errors } = compileTemplate({
    source: '<p v-if="a">{{ b }}</p><slot v-else />',
    filename: 'a.vue',
    id: 'x',
  })
  return [code, errors]
}
export const style = () =>
  compileStyle({ source: 'a { b { c: d } }', filename: 'a.css', id: 'data-v-x', scoped: true }).code
export const names = () => [
  Object.keys(everything),
  typeof resolveMaxNestingDepth,
  rewriteDefault('export default {}', 'it'),
]
export const failing = () =>
  compileScript(parse('<script setup>const {</script>').descriptor, { id: 'x' })
