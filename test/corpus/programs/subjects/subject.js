const path = require('path')
const dependency = require('./dependency')

const secret = 'kept'
const greeting = () => `${secret}: ${dependency.name()}, ${path.basename('/a/b.js')}`

exports.greet = () => greeting()
exports.dependency = dependency
