import {
  cloneElement,
  createContext,
  createElement,
  Fragment,
  h,
  isValidElement,
  options,
  toChildArray,
} from 'preact'
import { Suspense, version } from 'preact/compat'
import { jsx } from 'preact/jsx-runtime'

const look = ({ type, props, key }) => [typeof type === 'function' ? type.name : type, props, key]

export function elements() {
  const element = h('p', { key: 'k', class: 'a' }, 'text', h('b', null, 1))
  return [
    look(element),
    look(cloneElement(element, { id: 'x' })),
    look(jsx('i', { children: 'c' })),
    isValidElement(element),
    isValidElement({}),
  ]
}
export const children = () => [
  toChildArray([1, [null, 'a', [true, 'b']]]),
  createElement === h,
  Fragment.name,
]
/** What a renderer does around a component. */
export function rendered() {
  const { Provider } = createContext('default')
  const Named = ({ name }) => h(Provider, { value: name }, `Hi ${name}`)
  const vnode = h(Named, { name: 'Ann' })
  const seen = []
  options.vnode = ({ type }) => seen.push(typeof type === 'string' ? type : type.name)
  h('hr')
  delete options.vnode
  return [look(vnode.type(vnode.props)).slice(1), seen, typeof Suspense, typeof version]
}
export const failing = () => import('preact/missing')
