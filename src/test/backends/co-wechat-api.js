// npm's co-wechat-api as a client of the simulated WeChat: makes its calls one after another and prints a line for each, the
// part of the API, the method, and ok or what it failed with. It is told another prefix, nothing else is changed.
const assert = require('node:assert');
const path = require('node:path');
const API = require('co-wechat-api');

const [base, appId, secret, openid, folder] = process.argv.slice(2);
const api = new API(appId, secret);
api.prefix = `${base}/cgi-bin/`;
api.mpPrefix = `${base}/cgi-bin/`;

async function call(part, name, made, ...args) {
  try {
    const answer = await api[name](...args);
    made(answer);
    console.log([part, name, 'ok'].join('\t'));
    return answer;
  } catch (e) {
    console.log([part, name, String(e.message).replace(/\s+/g, ' ')].join('\t'));
    throw e;
  }
}

const ok = (answer) => assert.strictEqual(answer.errcode, 0);
const file = (name) => path.join(folder, name);

async function tags() {
  const { tag } = await call('tags', 'createTags', ({ tag }) => assert.strictEqual(tag.name, '朋友'), '朋友');
  await call('tags', 'updateTag', ok, tag.id, '好友');
  await call('tags', 'batchTagging', ok, [openid], tag.id);
  await call('tags', 'getTags', ({ tags }) => assert.ok(tags.some((one) => one.name === '好友' && one.count === 1)));
  await call('tags', 'getIdList', ({ tagid_list: ids }) => assert.ok(ids.includes(tag.id)), openid);
  await call('tags', 'getUsersFromTag', ({ data }) => assert.deepStrictEqual([...data.openid], [openid]), tag.id, '');
  await call('tags', 'batchUnTagging', ok, [openid], tag.id);
  await call('tags', 'deleteTag', ok, tag.id);
}

async function menus() {
  const menu = { button: [{ type: 'click', name: '今日歌曲', key: 'K' }] };
  const { tag } = await api.createTags('co menu');
  await call('menu', 'createMenu', ok, menu);
  const { menuid } = await call('menu', 'addConditionalMenu', ({ menuid }) => assert.ok(menuid), {
    ...menu,
    matchrule: { tag_id: String(tag.id) },
  });
  await call('menu', 'getMenu', ({ conditionalmenu }) => assert.strictEqual(conditionalmenu.length, 1));
  await call('menu', 'getMenuConfig', ({ is_menu_open: open }) => assert.strictEqual(open, 1));
  await call('menu', 'tryConditionalMenu', ({ button }) => assert.strictEqual(button.length, 1), openid);
  await call('menu', 'delConditionalMenu', ok, menuid);
  await call('menu', 'removeMenu', ok);
}

async function material() {
  const image = await call('material', 'uploadImageMaterial', (answer) => assert.ok(answer.url), file('image.png'));
  const description = { title: 'Tour', introduction: '2 min' };
  const video = await call('material', 'uploadVideoMaterial', (answer) => assert.ok(answer.media_id), file('video.mp4'), description);
  await call('material', 'getMaterialCount', (counts) => assert.ok(counts.image_count > 0 && counts.video_count > 0));
  await call('material', 'getMaterials', (list) => assert.ok(list.item_count > 0), 'image', 0, 20);
  await call('material', 'getMaterial', (bytes) => assert.ok(bytes.length > 0), image.media_id);
  await call('material', 'removeMaterial', ok, image.media_id);
  await api.removeMaterial(video.media_id);
}

async function media() {
  const image = await call('media', 'uploadImageMedia', ({ type }) => assert.strictEqual(type, 'image'), file('image.png'));
  await call('media', 'uploadVoiceMedia', ({ type }) => assert.strictEqual(type, 'voice'), file('voice.amr'));
  await call('media', 'uploadImage', ({ url }) => assert.ok(url), file('image.png'));
  await call('media', 'getMedia', (bytes) => assert.ok(bytes.length > 0), image.media_id);
}

async function messages() {
  await call('message', 'sendText', ok, openid, '你好 👋');
  await call('message', 'sendImage', ok, openid, 'sample-image');
  const article = { title: 'T', description: 'D', url: 'http://u.example/', picurl: 'http://p.example/p.png' };
  await call('message', 'sendNews', ok, openid, [article]);
}

async function users() {
  await call('user', 'updateRemark', ok, openid, '朋友');
  await call('user', 'getUser', ({ remark }) => assert.strictEqual(remark, '朋友'), openid);
  await call('user', 'batchGetUsers', (all) => assert.strictEqual(all.user_info_list[0].openid, openid), [openid]);
  await call('user', 'getFollowers', ({ data }) => assert.ok(data.openid.includes(openid)));
}

async function codes() {
  await call('qrcode', 'createTmpQRCode', (code) => assert.strictEqual(code.expire_seconds, 60), 4711, 60);
  const { ticket } = await call('qrcode', 'createLimitQRCode', (code) => assert.ok(code.url), 'door-8');
  assert.strictEqual((await fetch(api.showQRCodeURL(ticket))).status, 200);
  console.log('qrcode\tshowQRCodeURL\tok');
}

(async () => {
  await call('token', 'getAccessToken', ({ accessToken }) => assert.ok(accessToken));
  await call('token', 'getIp', ({ ip_list: ips }) => assert.ok(ips.length > 0));
  for (const part of [tags, menus, material, media, messages, users, codes]) {
    await part();
  }
})().catch((e) => {
  console.error(e);
  process.exitCode = 1;
});
