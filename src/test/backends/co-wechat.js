// npm's co-wechat as its README has it, under Koa.
const Koa = require('koa');
const wechat = require('co-wechat');

const { PORT, TOKEN, APP_ID, AES_KEY } = process.env;
const app = new Koa();
app.use(wechat({ token: TOKEN, appid: APP_ID, encodingAESKey: AES_KEY || '' }).middleware(async (message) => {
  if (message.EventKey === 'news') {
    return [{ title: 'news', description: 'a & b', picurl: 'http://a/p.png', url: 'http://a/' }];
  }
  return message.EventKey === 'nothing' ? '' : 'co-wechat: ' + (message.EventKey || message.Content);
}));
app.listen(PORT, '127.0.0.1');
