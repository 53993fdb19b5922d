import {
  buildSchema,
  execute,
  GraphQLError,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLSchema,
  graphql,
  parse,
  print,
  printSchema,
  validate,
  visit,
} from 'graphql'

const schema = buildSchema(`
  "A person" type Person { name: String!, friends(first: Int = 1): [Person!] }
  type Query { me: Person, broken: Int }`)
const rootValue = {
  me: { name: 'Ann', friends: ({ first }) => [{ name: 'Bo' }, { name: 'Cy' }].slice(0, first) },
  broken: () => {
    throw new GraphQLError('out of order', { extensions: { code: 'E' } })
  },
}

export const asked = async () =>
  JSON.parse(
    JSON.stringify(
      await graphql({
        schema,
        rootValue,
        source:
          'query Q($n: Int) { me { ...P friends(first: $n) { name } } broken } fragment P on Person { name }',
        variableValues: { n: 2 },
      }),
    ),
  )
export function shaped() {
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { one: { type: GraphQLInt, resolve: () => 1 } },
  })
  return [
    printSchema(new GraphQLSchema({ query })),
    execute({ schema: new GraphQLSchema({ query }), document: parse('{ one }') }).data.one,
    printSchema(schema),
  ]
}
export function visited() {
  const document = parse('{ a(b: "c") { d } }')
  const names = []
  visit(document, { Field: ({ name }) => void names.push(name.value) })
  return [names, print(document), validate(schema, document).map(({ message }) => message)]
}
export const failing = () => parse('{ a(')
