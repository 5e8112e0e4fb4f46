// Asks the backend as Weir does. Run it: node --test
const assert = require('assert');
const { createHmac } = require('crypto');
const { after, before, test } = require('node:test');

const secret = Buffer.from('a secret of the test');
process.env.@NAME@_SECRET = 'whsec_' + secret.toString('base64');
const server = require('./backend');

before(() => new Promise((listening) => server.listen(0, '127.0.0.1', listening)));
after(() => new Promise((closed) => { server.closeAllConnections?.(); server.close(closed); }));

async function ask(type, data, by = secret) {
  const body = JSON.stringify({ specversion: '1.0', id: '1', type, data });
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', by).update(`1.${at}.${body}`).digest('base64');
  const headers = { 'webhook-id': '1', 'webhook-timestamp': `${at}`, 'webhook-signature': 'v1,' + signature };
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', headers, body });
  const text = await response.text();
  return [response.status, text ? JSON.parse(text) : null];
}

test('answers its button', async () => {
  assert.deepStrictEqual(await ask('weixin.event.CLICK', { EventKey: 'V1001_@NAME@' }), [200, { text: 'You tapped V1001_@NAME@' }]);
});

test('answers nothing to other kinds', async () => {
  assert.deepStrictEqual(await ask('weixin.event.unsubscribe', {}), [204, null]);
});

test('refuses another secret', async () => {
  assert.deepStrictEqual(await ask('weixin.event.CLICK', { EventKey: 'V1001_@NAME@' }, Buffer.from('another')), [401, null]);
});
