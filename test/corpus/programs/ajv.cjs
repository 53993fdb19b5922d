const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2, pattern: '^[a-z]+$' },
    list: { type: 'array', uniqueItems: true, items: { $ref: '#/definitions/small' } },
  },
  required: ['name'],
  additionalProperties: false,
  definitions: { small: { type: 'integer', maximum: 9 } },
}

require('./report.cjs')({
  validated() {
    const Ajv = require('ajv')
    const validate = new Ajv({ allErrors: true }).compile(schema)
    const valid = validate({ name: 'abc', list: [1, 2] })
    validate({ name: 'A', list: [1, 1, 10], more: true })
    return [valid, validate.errors]
  },
  dialect() {
    const Ajv = require('ajv/dist/2020')
    const ajv = new Ajv()
    return [
      ajv.validate({ prefixItems: [{ type: 'string' }], items: false }, ['a', 2]),
      ajv.errorsText(),
    ]
  },
  standalone() {
    const Ajv = require('ajv')
    const standaloneCode = require('ajv/dist/standalone').default
    const ajv = new Ajv({ code: { source: true } })
    const code = standaloneCode(ajv, ajv.compile({ type: 'string', maxLength: 3 }))
    const made = { exports: {} }
    new Function('module', 'require', code)(made, require)
    return [code, made.exports('abc'), made.exports('abcd')]
  },
  failing() {
    const Ajv = require('ajv')
    return new Ajv().compile({ type: 'nothing' })
  },
})
