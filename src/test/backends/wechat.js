// npm's wechat as its README has it, under Node's own server.
const http = require('http');
const wechat = require('wechat');

const { PORT, TOKEN, APP_ID, AES_KEY } = process.env;
const config = AES_KEY ? { token: TOKEN, appid: APP_ID, encodingAESKey: AES_KEY } : TOKEN;
const answer = wechat(config, (request, response) => {
  const message = request.weixin;
  if (message.EventKey === 'news') {
    response.reply([{ title: 'news', description: 'a & b', picurl: 'http://a/p.png', url: 'http://a/' }]);
  } else {
    response.reply(message.EventKey === 'nothing' ? '' : 'wechat: ' + (message.EventKey || message.Content));
  }
});

http.createServer((request, response) => {
  request.query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
  answer(request, response);
}).listen(PORT, '127.0.0.1');
