// Changes of answers that are not saved yet: rule by rule, on top of the rules that the gateway has. They survive leaving the page.
const LONGEST_KEPT = 200_000;

/** As many as the gateway takes at once. */
const MOST_CHANGES = 100;

/** The path of a rule as the gateway's problems name it. */
export function pathOf(type, key) {
  return `${part(type)}.${part(key)}`;
}

/** Whether a path of a problem is that of a rule, or of something in it. */
export function isWithin(path, rule) {
  return path.startsWith(rule) && (path.length === rule.length || '.['.includes(path[rule.length]));
}

function part(name) {
  return /^[\p{L}\p{Nd}\-_:~/]+$/u.test(name) ? name : `"${name}"`;
}

export class AnswerDraft {
  constructor(account) {
    this.place = `weir-answers-${account}`;
    this.changes = kept(this.place);
  }

  get size() {
    return this.changes.length;
  }

  /** Whether it has to be saved before it takes more. */
  get full() {
    return this.size >= MOST_CHANGES;
  }

  /** Whether it takes another reply to a key: where it is full, the one that was given last is still changed. */
  takes(type, key) {
    return !this.full || Boolean(this.given(type, key));
  }

  /** The change that a new reply to a key belongs to; undefined where it is one of its own. */
  given(type, key) {
    const last = this.changes.findLast((one) => one.type === type && (one.key === key || one.rename === key));
    return last?.reply && last.key === key && !last.rename ? last : undefined;
  }

  /** The reply to a key, which is added where it is not there. */
  set(type, key, reply) {
    const given = this.given(type, key);
    if (given) {
      given.reply = reply;
      this.keep();
    } else {
      this.push({ type, key, reply });
    }
  }

  rename(type, key, rename) {
    this.push({ type, key, rename });
  }

  /** @param before the key that it stands before, blank for the end */
  move(type, key, before) {
    const last = this.changes.at(-1);
    if (last?.before !== undefined && last.type === type && last.key === key) {
      last.before = before;
      this.keep();
    } else {
      this.push({ type, key, before });
    }
  }

  /** A rule that only the draft has is forgotten. */
  remove(type, key, isNew) {
    if (isNew && !this.changes.some((one) => one.type === type && one.rename === key)) {
      this.changes = this.changes.filter((one) => one.type !== type || one.key !== key);
      this.keep();
    } else {
      this.push({ type, key, remove: true });
    }
  }

  /** A full one stays as it is, which the page says. */
  push(change) {
    if (!this.full) {
      this.changes.push(change);
      this.keep();
    }
  }

  clear() {
    this.changes = [];
    this.keep();
  }

  /** The types with their rules as they would be. */
  applied(types) {
    const all = structuredClone(types);
    for (const change of this.changes) {
      const type = all.find((one) => one.type === change.type);
      if (type) {
        apply(type.rules, change);
      }
    }
    return all;
  }

  keep() {
    const text = JSON.stringify(this.changes);
    try {
      if (this.size === 0 || text.length > LONGEST_KEPT) {
        localStorage.removeItem(this.place);
      } else {
        localStorage.setItem(this.place, text);
      }
    } catch {
      // The browser keeps nothing: the draft lives as long as the page.
    }
  }
}

function kept(place) {
  try {
    const changes = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(changes) ? changes.filter((one) => typeof one?.type === 'string') : [];
  } catch {
    return [];
  }
}

/** As the gateway does it to the file. */
function apply(rules, { type, key, reply, remove, rename, before }) {
  const index = rules.findIndex((one) => one.key === key);
  if (remove) {
    rules.splice(index, index < 0 ? 0 : 1);
    return;
  }
  if (index >= 0) {
    const rule = rules[index];
    Object.assign(rule, { reply: reply ?? rule.reply, key: rename ?? key, changed: true, path: pathOf(type, rename ?? key) });
    if (before !== undefined) {
      rules.splice(index, 1);
      insert(rules, rule, before);
    }
  } else if (reply) {
    const last = rules.at(-1)?.key === 'default' ? 'default' : '';
    insert(rules, { key, reply, hits: 0, line: 0, changed: true, added: true, path: pathOf(type, key) }, before ?? last);
  }
}

function insert(rules, rule, before) {
  const at = before ? rules.findIndex((one) => one.key === before) : -1;
  rules.splice(at < 0 ? rules.length : at, 0, rule);
}
