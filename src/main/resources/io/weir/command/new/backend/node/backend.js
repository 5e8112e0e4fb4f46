// Answers the pushes that Weir asks about. Start it: PORT=9000 @NAME@_SECRET=whsec_… node backend.js
const { createHmac, timingSafeEqual } = require('crypto');

const key = Buffer.from(process.env.@NAME@_SECRET.replace(/^whsec_/, ''), 'base64');

// The reply as replies.yaml has it, null for none.
function answer(push) {
  if (push.type === 'weixin.event.CLICK') return { text: `You tapped ${push.data.EventKey}` };
  if (push.type === 'weixin.message.text') return { text: `You said ${push.data.Content}` };
  return null;
}

// The signature of Standard Webhooks, not older than five minutes.
function isGenuine(headers, body) {
  const signed = Buffer.concat([Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`), body]);
  const expected = Buffer.from('v1,' + createHmac('sha256', key).update(signed).digest('base64'));
  const fresh = Math.abs(Date.now() / 1000 - headers['webhook-timestamp']) < 300;
  const given = String(headers['webhook-signature']).split(' ').map((each) => Buffer.from(each));
  return fresh && given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}

const server = require('http').createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
  const reply = answer(JSON.parse(body));
  if (!reply) return response.writeHead(204).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
});

if (require.main === module) server.listen(process.env.PORT || 9000, '127.0.0.1');
module.exports = server;
