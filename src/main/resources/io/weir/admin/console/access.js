// What whoever has logged in may do. The gateway decides anyway; here only what would be refused is not offered.

/** By what a button does, as its data-does says: the right that it needs. */
const NEEDED = {
  refresh: 'operate',
  replay: 'operate',
  edit: 'operate',
  'replay-these': 'operate',
  'stop-replay': 'operate',
  reveal: 'reveal',
  apply: 'menu',
  'roll-back': 'menu',
  save: 'answers',
  restore: 'answers',
};
let rights = null;

/** @param session as the gateway tells it */
export function enter(session) {
  rights = session.rights ?? null;
}

export function may(right) {
  return rights === null || rights.includes(right);
}

/** The right that is missing for what a button does; null when nothing is missing. */
export function missing(does) {
  const right = NEEDED[does];
  return right === undefined || may(right) ? null : right;
}
