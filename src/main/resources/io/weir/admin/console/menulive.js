// The menus that are live: the default one and the personalised ones, the newest first, since that one wins.
import { get, ofAccount } from './api.js';
import { el } from './dom.js';
import { matchRule, menuDrawn } from './menudrawing.js';
import { word } from './words.js';

/** What is live, as nodes. @param live what the gateway answers */
export async function liveMenus(account, live) {
  const personalised = [...(live.conditionalmenu ?? [])].reverse();
  return [await standard(account, live), ...personalised.map(one)];
}

async function standard(account, live) {
  if (live.source === 'website') {
    const { buttons } = await get(ofAccount(account, 'menu/current'));
    return el('div', { class: 'live-menu' }, el('p', { class: 'caution' }, word('websiteMenu')), menuDrawn(buttons));
  }
  return live.menu
    ? el('div', { class: 'live-menu' }, menuDrawn(live.menu.button))
    : el('p', { class: 'hint live-menu' }, word('noMenu'));
}

function one(menu) {
  return el(
    'details',
    { class: 'personalised' },
    el('summary', {}, word('personalised'), ' ', el('small', {}, `menuid ${menu.menuid ?? ''}`), ' ', matchRule(menu.matchrule)),
    menuDrawn(menu.button ?? []),
  );
}
