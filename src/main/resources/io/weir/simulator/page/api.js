// The simulator's control API.

const ROOT = '/control/v1/';

/** Asks for something; fails with the words of the simulator. */
export async function ask(path) {
  return answered(await fetch(ROOT + path, { cache: 'no-store' }));
}

export async function put(path, body) {
  return answered(await fetch(ROOT + path, { method: 'PUT', body: JSON.stringify(body) }));
}

export async function post(path, body) {
  return answered(await fetch(ROOT + path, { method: 'POST', body: JSON.stringify(body) }));
}

export async function remove(path, body) {
  return answered(await fetch(ROOT + path, { method: 'DELETE', body: JSON.stringify(body) }));
}

async function answered(response) {
  const json = await response.json();
  if (!response.ok) {
    throw new Error(json.detail ?? String(response.status));
  }
  return json;
}

/** A person in front of one account: where the control API has them, and what they can do. */
export class Person {
  constructor(account, openid) {
    this.account = account;
    this.openid = openid;
    this.path = `accounts/${encodeURIComponent(account)}/people/${encodeURIComponent(openid)}`;
  }

  everything() {
    return ask(`${this.path}/phone`);
  }

  /** Where the browser is told what happens from `after` on. */
  events(after) {
    return `${ROOT}${this.path}/events?after=${encodeURIComponent(after)}`;
  }

  /** Opens the chat again: fetches the menu when it is too old. */
  reopen() {
    return ask(`${this.path}/menu`);
  }

  fetchMenu() {
    return post(`${this.path}/menu/fetch`, {});
  }

  /** The QR codes that the account has made. */
  async codes() {
    return (await ask(`accounts/${encodeURIComponent(this.account)}/qrcodes`)).codes;
  }

  /** Has WeChat ask the server at the push URL as it does when the URL is saved. */
  verify() {
    return post(`accounts/${encodeURIComponent(this.account)}/verify`, {});
  }

  /** What comes of an action is told by the events, not by its answer. */
  act(action, body = {}) {
    return post(`${this.path}/${action}`, { ...body, wait: false });
  }
}
