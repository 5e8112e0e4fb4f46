// npm's co-wechat under Koa, for scripts/faults: does what the text says, notes each run in a ledger and names push and run in its answer.
const fs = require('fs');
const Koa = require('koa');
const wechat = require('co-wechat');

const [port, token, file] = process.argv.slice(2);
const ledger = fs.openSync(file, 'a');
let runs = 0;

function note(what, push, run) {
  fs.writeSync(ledger, [what, push, run, 'backend', '-', 'false', Date.now()].join(' ') + '\n');
}

const app = new Koa();
app.silent = true;
app.use(async (context, next) => {
  await next();
  if (context.state.login) {
    context.type = 'text/html';
    context.body = '<!doctype html><title>Log in</title><form method="post"><input name="user"></form>';
  }
});
app.use(wechat(token).middleware(async (message, context) => {
  const [push, work, amount] = message.Content.split(' ');
  const run = 'backend.' + process.pid + '.' + ++runs;
  note('started', push, run);
  if (work === 'sleep') {
    await new Promise((resolve) => setTimeout(resolve, Number(amount)));
  } else if (work === 'status') {
    context.throw(Number(amount));
  } else if (work === 'login') {
    context.state.login = true;
  }
  note('finished', push, run);
  return 'answer to ' + push + ' by run ' + run;
}));
app.listen(port, '127.0.0.1');
