// Where the page is: the view and what it is asked for stand in the address behind #, so that they can be shared.

/** The view's name and its parameters. */
export function place() {
  const [name, query = ''] = location.hash.slice(1).split(/\?(.*)/s);
  return { name, parameters: new URLSearchParams(query) };
}

/** An address of a view; parameters without a value are left out. */
export function address(name, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length === 0 ? `#${name}` : `#${name}?${new URLSearchParams(given)}`;
}

/** Goes there, as a link would. */
export function go(name, parameters) {
  location.hash = address(name, parameters);
}

const HERE = ['127.0.0.1', 'localhost', '[::1]'];
let phone = null;

/** The phone page that has led here, until the page is loaded again; null where none has. */
export function phonePage() {
  return phone;
}

/** Takes it from an address that the phone page has made. It is on the machine of the browser: nothing else is taken. */
export function rememberPhone(parameters) {
  const given = parameters.get('phone') ?? '';
  phone = isHere(given) ? given : phone;
}

export function isHere(text) {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === 'http:' && HERE.includes(hostname);
  } catch {
    return false;
  }
}
