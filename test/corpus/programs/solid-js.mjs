import {
  children,
  createComputed,
  createContext,
  createMemo,
  createRoot,
  createSignal,
  For,
  mergeProps,
  splitProps,
  untrack,
  useContext,
} from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { escape as escaped, isServer, renderToString, ssr } from 'solid-js/web'

export function signals() {
  return createRoot((dispose) => {
    const [count, setCount] = createSignal(1)
    const twice = createMemo(() => count() * 2)
    const seen = []
    createComputed(() => seen.push(count()))
    setCount((value) => value + 1)
    dispose()
    return [count(), twice(), seen, untrack(count), isServer]
  })
}
export function rendered() {
  const Context = createContext('default')
  const Item = () => ssr(['<li>', '</li>'], escaped(useContext(Context)))
  return renderToString(() =>
    Context.Provider({
      value: '<a>',
      get children() {
        return For({ each: [1, 2], children: () => Item() })
      },
    }),
  )
}
export function stores() {
  const [store, setStore] = createStore({ list: [{ done: false }], name: 'a' })
  setStore('list', 0, 'done', true)
  setStore(produce((draft) => void draft.list.push({ done: false })))
  const [own, rest] = splitProps(mergeProps({ a: 1 }, { b: 2, c: 3 }), ['a'])
  return [store, { ...own }, { ...rest }, children(() => 'x')()]
}
export const failing = () =>
  renderToString(() => {
    throw new TypeError('broken')
  })
