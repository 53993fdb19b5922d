const { join } = require('path')
const { Readable } = require('stream')

const message = {
  from: '"Ä" <a@example.org>',
  to: ['b@example.org', 'C <c@example.org>'],
  subject: 'Grüße',
  text: 'plain '.repeat(20),
  html: '<p>märkup</p>',
  messageId: '<1@example.org>',
  date: new Date(0),
  baseBoundary: 'boundary',
  attachments: [{ filename: 'a.txt', content: 'text' }],
}

function createTransport() {
  const { createTransport } = require('nodemailer')
  return createTransport({ streamTransport: true, newline: 'unix', buffer: true })
}

require('./report.cjs')({
  async sent() {
    const { envelope, message: text, messageId } = await createTransport().sendMail(message)
    return [envelope, messageId, String(text)]
  },
  async json() {
    const { createTransport } = require('nodemailer')
    const { message: text } = await createTransport({ jsonTransport: true }).sendMail(message)
    return JSON.parse(text)
  },
  async attached() {
    const { message: text } = await createTransport().sendMail({
      ...message,
      attachments: [
        { path: join(__dirname, 'fixtures', 'dependency.js') },
        { filename: 'streamed', content: Readable.from([Buffer.from('text')]) },
      ],
      icalEvent: { content: 'BEGIN:VCALENDAR' },
    })
    return String(text)
  },
  parts() {
    const parseAddresses = require('nodemailer/lib/addressparser')
    const { encodeWord, foldLines } = require('nodemailer/lib/mime-funcs')
    return [
      parseAddresses('A <a@b.c>, group: d@e.f, "g, h" <i@j.k>;'),
      encodeWord('Grüße', 'Q'),
      foldLines('a '.repeat(50), 40),
    ]
  },
  failing: () =>
    createTransport().sendMail({ ...message, attachments: [{ path: '/absent/file.txt' }] }),
})
