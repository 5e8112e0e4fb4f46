// The admin API, at the same origin as the page: with the session's cookie, which no script can read.
import { word } from './words.js';

const ADMIN_PORT = new URL('../', document.baseURI);
/** What a page of another origin cannot send along. */
const FROM_CONSOLE = { 'X-Weir-Console': '1' };

const LOOK_AGAIN_MILLIS = 2_000;

/** A request that was not fulfilled, in the words of the gateway (RFC 9457). */
export class Problem extends Error {
  /** @param status 0 where the gateway was not reached */
  constructor(status, body) {
    super(body.detail || body.title || String(status));
    this.status = status;
    this.body = body;
  }
}

let loginNeeded = () => {};

/** Sets what is called when the session is over. */
export function onLoginNeeded(listener) {
  loginNeeded = listener;
}

let reachedAgain = () => {};
let looking;

/** Sets what is called when the gateway answers again after it did not. */
export function onReached(listener) {
  reachedAgain = listener;
}

/** JSON of a path below /api/v1/. */
export async function get(path, query = {}) {
  return (await answered(`api/v1/${path}${queryOf(query)}`, {})).json();
}

/** Text of a path below /api/v1/. */
export async function getText(path) {
  return (await answered(`api/v1/${path}`, {})).text();
}

/** The gateway's state. */
export async function getHealth() {
  return (await answered('health', {})).json();
}

/**
 * Changes something; answers with the JSON that comes back, if any.
 * @param body text as it is, anything else as JSON
 */
export async function send(method, path, body, headers = {}) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await answered(`api/v1/${path}`, { method, body: text, headers: { ...FROM_CONSOLE, ...headers } });
  return response.status === 204 ? null : response.json();
}

/** What comes without end: the response as soon as its head is there. */
export function stream(path, query, headers, signal) {
  return answered(`api/v1/${path}${queryOf(query)}`, { headers, signal });
}

/** The part of a path that names an account. */
export function ofAccount(account, path) {
  return `accounts/${encodeURIComponent(account)}/${path}`;
}

async function answered(path, options) {
  const response = await reached(path, options);
  if (response.ok) {
    return response;
  }
  const body = await response.json().catch(() => ({}));
  if (response.status === 401 && path !== 'api/v1/session') {
    loginNeeded();
  }
  throw new Problem(response.status, body);
}

async function reached(path, options) {
  try {
    return await fetch(new URL(path, ADMIN_PORT), { cache: 'no-store', credentials: 'same-origin', ...options });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    lookAgain();
    throw new Problem(0, { detail: word('notReached') });
  }
}

/** Until somebody answers. */
function lookAgain() {
  looking ??= setTimeout(async () => {
    looking = undefined;
    const answer = await fetch(new URL('api/v1/session', ADMIN_PORT), { cache: 'no-store' }).catch(() => null);
    if (answer) {
      reachedAgain();
    } else {
      lookAgain();
    }
  }, LOOK_AGAIN_MILLIS);
}

function queryOf(query) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
