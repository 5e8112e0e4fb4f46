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
