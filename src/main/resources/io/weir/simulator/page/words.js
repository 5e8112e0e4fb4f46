// The page's own words in English and Chinese. What an account says is never translated.

const WORDS = {
  en: {
    title: 'Phone · Weir',
    phone: 'Phone',
    chat: 'Chat',
    menu: 'Menu of the account',
    message: 'Message',
    send: 'Send',
    more: 'More',
    attach: 'Send something else',
    toMenu: 'Show the menu',
    toKeyboard: 'Write a message',
    receiving: '消息接收中',
    typedTo: '对方正在输入…',
    emptyChat: 'Nothing was said yet. Tap a button of the menu, or write something.',
    follow: 'Follow',
    unfollow: 'Unfollow',
    notFollowing: 'You do not follow this account: who does not has no chat with it and sees no menu.',
    noMenu: 'no menu',
    close: 'Close',
    cancel: 'Cancel',
    language: '中文',
    languageLabel: '用中文显示',
    themeAuto: 'Auto',
    themeLight: 'Light',
    themeDark: 'Dark',
    themeLabel: 'Colours: {now}',
    trouble: 'No connection to the simulator. Is it still running?',
    failed: 'That did not work: {why}',

    scanTitle: 'Scan a code',
    scanText: 'What the code says',
    scanType: 'Kind of code',
    qrcode: 'QR code',
    barcode: 'Bar code',
    symbology: 'Symbology',
    scan: 'Scan',
    scanned: 'Scanned: {text}',

    camera: 'Take a picture',
    album: 'Choose pictures',
    picture: 'Picture {number}',
    picturesFirst: 'The pictures arrive before their event',
    sendPictures: 'Send',
    aPicture: 'Picture',
    place: 'Place',
    shortVideo: 'Short video',
    link: 'Link',
    linkTitle: 'Title',
    linkDescription: 'Description',
    linkUrl: 'Address',
    linkTitleSample: 'Opening hours',
    noPicture: 'picture {id}: not in this account',

    placeTitle: 'Choose a place',
    mapLabel: 'Map: click, or move the point with the arrow keys',
    placeName: 'Address',
    poiName: 'Name of the place',
    latitude: 'Latitude',
    longitude: 'Longitude',
    zoom: 'Zoom',
    sendPlace: 'Send',

    pageTitle: 'A page opens',
    pageText: 'The phone would show this page now. It is not loaded here:',
    appTitle: 'A mini program opens',
    appText: 'The phone would start this mini program now:',
    appId: 'AppID',
    pagePath: 'Page',
    newsTitle: 'An article opens',
    newsText: 'The phone would open this material now:',
    opened: 'opened {what}',
    miniProgram: 'mini program',
    article: 'article {id}',
    unseen: 'no visible text',
    musicNote: 'Music',
    video: 'Video',
    voice: 'Voice message',
    unknownMaterial: '{what} {id}',

    accountTitle: 'About this account',
    following: 'You follow it.',
    scene: 'Scan a QR code of the account with the scene',
    scanScene: 'Scan',
    codes: 'QR codes that the account has made',
    verifyUrl: 'Verify the push URL',
    verified: 'WeChat would take the URL ({millis} ms).',
    unreachable: 'No push reaches the account: WeChat shows its fault notice',
    found: 'Found',
    expected: 'Expected',
    remedy: 'What to do',
    menuFetched: 'This client fetched the menu at {time}. It does so again when the chat is opened more than five minutes later, or after a new follow.',
    menuNotFetched: 'This client has not fetched the menu yet.',
    fetchMenu: 'Fetch the menu now',

    people: 'People',
    choosePerson: 'Whose phone is it?',
    addPerson: 'Add a person',
    personName: 'Name',
    client: 'Phone',
    ios: 'iPhone',
    android: 'Android',
    other: 'other',
    tags: 'Tags (ids, apart by commas)',
    follows: 'Follows the account',
    add: 'Add',
    newTab: 'in a tab of its own',
    left: 'has left',
    whichAccount: 'Account',

    pushes: 'Pushes',
    pushCount: 'Pushes · {count}',
    noPushes: 'Nothing was pushed yet. Tap a button of the menu, write something, or follow.',
    attempt: 'Attempt {number} of 3',
    duplicate: 'Duplicate {copy}, attempt {number} of 3',
    waiting: '{seconds} s of 5 s',
    answered: '{status} in {millis} ms: {answer}',
    unanswered: '{problem} ({millis} ms)',
    asksAgain: 'WeChat asks again.',
    shows: 'WeChat shows the answer.',
    showsNothing: 'WeChat shows nothing.',
    showsNothingBecause: 'WeChat shows nothing: {why}.',
    showsFault: 'WeChat shows the fault notice.',
    showsFaultBecause: 'WeChat shows the fault notice: {why}.',
    stateRunning: 'running',
    stateShown: 'answered',
    stateNothing: 'no reply',
    stateFault: 'fault',
    wrote: 'Sent:',
    inConsole: 'Open in the console',
    wire: 'What went over the wire',
    sent: 'Sent',
    cameBack: 'Came back',
    encrypted: 'Came back, decrypted',
    runningNow: '{type}: attempt {number} of 3, {seconds} s of 5 s',
  },
  zh: {
    title: '手机 · Weir',
    phone: '手机',
    chat: '聊天',
    menu: '公众号菜单',
    message: '消息',
    send: '发送',
    more: '更多',
    attach: '发送其他内容',
    toMenu: '显示菜单',
    toKeyboard: '输入消息',
    receiving: '消息接收中',
    typedTo: '对方正在输入…',
    emptyChat: '还没有消息。点一下菜单，或发一条消息。',
    follow: '关注',
    unfollow: '取消关注',
    notFollowing: '您没有关注这个公众号：未关注的人没有聊天窗口，也看不到菜单。',
    noMenu: '没有菜单',
    close: '关闭',
    cancel: '取消',
    language: 'English',
    languageLabel: 'Show in English',
    themeAuto: '自动',
    themeLight: '浅色',
    themeDark: '深色',
    themeLabel: '颜色：{now}',
    trouble: '与模拟微信的连接中断。它还在运行吗？',
    failed: '没有成功：{why}',

    scanTitle: '扫一扫',
    scanText: '码的内容',
    scanType: '码的类型',
    qrcode: '二维码',
    barcode: '条形码',
    symbology: '码制',
    scan: '扫描',
    scanned: '已扫描：{text}',

    camera: '拍照',
    album: '选择图片',
    picture: '图片 {number}',
    picturesFirst: '图片先于事件到达',
    sendPictures: '发送',
    aPicture: '图片',
    place: '位置',
    shortVideo: '小视频',
    link: '链接',
    linkTitle: '标题',
    linkDescription: '描述',
    linkUrl: '地址',
    linkTitleSample: '营业时间',
    noPicture: '图片 {id}：此公众号没有该素材',

    placeTitle: '选择位置',
    mapLabel: '地图：点击，或用方向键移动',
    placeName: '地址',
    poiName: '地点名称',
    latitude: '纬度',
    longitude: '经度',
    zoom: '缩放级别',
    sendPlace: '发送',

    pageTitle: '打开网页',
    pageText: '手机此时会打开这个网页，这里不会加载：',
    appTitle: '打开小程序',
    appText: '手机此时会打开这个小程序：',
    appId: 'AppID',
    pagePath: '页面',
    newsTitle: '打开图文',
    newsText: '手机此时会打开这个素材：',
    opened: '打开了 {what}',
    miniProgram: '小程序',
    article: '图文 {id}',
    unseen: '没有可见的文字',
    musicNote: '音乐',
    video: '视频',
    voice: '语音消息',
    unknownMaterial: '{what} {id}',

    accountTitle: '关于此公众号',
    following: '您已关注。',
    scene: '扫描公众号的带场景值二维码',
    scanScene: '扫描',
    codes: '公众号已创建的二维码',
    verifyUrl: '验证服务器 URL',
    verified: '微信会接受此 URL（{millis} 毫秒）。',
    unreachable: '推送无法到达公众号：微信显示故障提示',
    found: '实际返回',
    expected: '应当返回',
    remedy: '处理办法',
    menuFetched: '此客户端在 {time} 获取了菜单。超过五分钟后再打开聊天，或重新关注时，才会再次获取。',
    menuNotFetched: '此客户端还没有获取菜单。',
    fetchMenu: '立即获取菜单',

    people: '用户',
    choosePerson: '这是谁的手机？',
    addPerson: '添加用户',
    personName: '昵称',
    client: '手机',
    ios: 'iPhone',
    android: 'Android',
    other: '其他',
    tags: '标签（编号，用逗号分隔）',
    follows: '已关注公众号',
    add: '添加',
    newTab: '在新标签页打开',
    left: '已取消关注',
    whichAccount: '公众号',

    pushes: '推送',
    pushCount: '推送 · {count}',
    noPushes: '还没有推送。点一下菜单，发一条消息，或关注一下。',
    attempt: '第 {number} 次，共 3 次',
    duplicate: '重复推送 {copy}，第 {number} 次，共 3 次',
    waiting: '{seconds} 秒 / 5 秒',
    answered: '{status}，{millis} 毫秒：{answer}',
    unanswered: '{problem}（{millis} 毫秒）',
    asksAgain: '微信将重试。',
    shows: '微信显示回复。',
    showsNothing: '微信不显示任何内容。',
    showsNothingBecause: '微信不显示任何内容：{why}。',
    showsFault: '微信显示故障提示。',
    showsFaultBecause: '微信显示故障提示：{why}。',
    stateRunning: '进行中',
    stateShown: '已回复',
    stateNothing: '无回复',
    stateFault: '故障',
    wrote: '发出：',
    inConsole: '在控制台中打开',
    wire: '收发内容',
    sent: '发出',
    cameBack: '返回',
    encrypted: '返回（已解密）',
    runningNow: '{type}：第 {number} 次，共 3 次，{seconds} 秒 / 5 秒',
  },
};

let current = 'en';

/** Which of the languages the page speaks: "en" or "zh". */
export function language() {
  return current;
}

export function speak(code) {
  current = WORDS[code] ? code : 'en';
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
  document.title = word('title');
  translate(document);
}

/** The word of that name, with {name} replaced by the value of that name. */
export function word(name, values = {}) {
  return WORDS[current][name].replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** A time of the day, with seconds. */
export function clockTime(iso) {
  return new Date(iso).toLocaleTimeString(current === 'zh' ? 'zh-CN' : 'en-GB');
}

/** The same for a chat: hours and minutes, with the date when it is another day's. */
export function chatTime(iso) {
  const at = new Date(iso);
  /** @type {Intl.DateTimeFormatOptions} */
  const day = at.toDateString() === new Date().toDateString() ? {} : { month: 'short', day: 'numeric' };
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return at.toLocaleString(current === 'zh' ? 'zh-CN' : 'en-GB', form);
}

/** Fills in what the HTML marks with data-word (text) and data-label (name for screen readers). */
function translate(root) {
  root.querySelectorAll('[data-word]').forEach((node) => {
    node.textContent = word(node.dataset.word);
  });
  root.querySelectorAll('[data-label]').forEach((node) => {
    node.setAttribute('aria-label', word(node.dataset.label));
  });
}
