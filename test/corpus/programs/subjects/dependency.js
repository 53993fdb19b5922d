exports.name = () => 'the real one'
exports.count = 1
