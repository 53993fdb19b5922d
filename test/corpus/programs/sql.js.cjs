async function open(path = 'sql.js') {
  const { Database } = await require(path)()
  return new Database()
}

require('./report.cjs')({
  async queried() {
    const database = await open()
    database.run('CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, size REAL)')
    database.run("INSERT INTO a (name, size) VALUES ('x', 1.5), (?, ?)", ['y', null])
    const statement = database.prepare('SELECT name FROM a WHERE id = $id')
    return [
      database.exec('SELECT *, size * 2 AS twice FROM a'),
      statement.getAsObject({ $id: 2 }),
      database.getRowsModified(),
    ]
  },
  async exported() {
    const database = await open()
    database.create_function('plus', (a, b) => a + b)
    database.run('CREATE TABLE b AS SELECT plus(1, 2) AS three')
    const bytes = database.export()
    const { Database } = await require('sql.js')()
    return [bytes.length, new Database(bytes).exec('SELECT three FROM b')]
  },
  asm: async () => (await open('sql.js/dist/sql-asm.js')).exec("SELECT upper('a') || 1 AS text"),
  async failing() {
    const database = await open()
    database.exec('SELEC 1')
  },
})
