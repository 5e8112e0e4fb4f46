// What one person sent and saw, in the order in which it happened: made of the pushes that instances still hold.
import { present } from './dom.js';

const MESSAGES = ['text', 'image', 'voice', 'video', 'shortvideo', 'location', 'link', 'file'];
/** Attempts that tell nothing of what became of their push, as long as another one does. */
const QUIET = ['repeat', 'lapsed'];

/**
 * The steps of a conversation, the oldest first.
 * @param pushes as the API has them, with those in progress
 * @returns {{kind: string, at: string, key: string, push: object, rank: number, attempts?: number, reply?: object, late?: boolean}[]} kind is "said" for
 *     a message, "event" for what else the person did, "seen" for what came back
 */
export function conversation(pushes) {
  const steps = [...groups(pushes).values()].flatMap(stepsOf);
  return steps.sort((one, other) => (one.at === other.at ? one.rank - other.rank : one.at < other.at ? -1 : 1));
}

/** All attempts of a push are one; a push that is in progress gives way to what it has become. */
function groups(pushes) {
  const found = new Map();
  for (const push of pushes) {
    const key = push.pushId ?? `${push.instance}/${push.id}`;
    found.set(key, [...(found.get(key) ?? []), push]);
  }
  return found;
}

function stepsOf(all) {
  const over = all.filter((push) => push.outcome !== 'running');
  const attempts = (over.length > 0 ? over : all).sort((one, other) => (one.at < other.at ? -1 : 1));
  const first = attempts[0];
  const told = attempts.find((push) => push.reply) ?? attempts.find((push) => !QUIET.includes(push.outcome)) ?? attempts.at(-1);
  const late = attempts.find((push) => push.late);
  const key = first.pushId ?? `${first.instance}/${first.id}`;
  const kind = MESSAGES.includes(first.type) ? 'said' : 'event';
  return present([
    { kind, at: first.at, key, push: { ...told, fields: told.fields ?? first.fields }, attempts: attempts.length, rank: 0 },
    told.reply && !late ? { kind: 'seen', at: after(told), key: `${key}>`, push: told, reply: told.reply, late: false, rank: 1 } : null,
    late ? { kind: 'seen', at: late.late.at, key: `${key}>`, push: late, reply: late.late.reply, late: true, rank: 1 } : null,
  ]);
}

/** When it was answered. */
function after({ at, micros }) {
  return new Date(Date.parse(at) + micros / 1000).toISOString();
}

/** A reply whose braces are meant as they stand, for a drawing that takes them for placeholders. */
export function literal(value) {
  if (typeof value === 'string') {
    return value.replace(/[{}]/g, '$&$&');
  }
  if (Array.isArray(value)) {
    return value.map(literal);
  }
  return value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, literal(one)])) : value;
}

/** The seconds that a window stays open, by the clock of the gateway. @param now of that clock, in milliseconds */
export function secondsLeft({ until }, now) {
  return Math.max(0, (Date.parse(until) - now) / 1000);
}

/** Seconds as hours, minutes and seconds: a window is told of to the second. */
export function countdown(value) {
  const whole = Math.floor(value);
  const two = (part) => String(part).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
