import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Places at which the fault tests interrupt a process; each stands where its name says. */
const places = [
  'web.before_commit',
  'web.after_commit',
  'web.after_dispatch',
  'relay.after_lock',
  'relay.after_add',
  'relay.after_mark',
  'worker.after_claim',
  'worker.before_finish',
  'worker.after_finish_commit',
  'reap.mid',
  'body.mid_effect',
  'body.after_effect',
] as const;

export type FailpointName = (typeof places)[number];

type Failpoint = { name: FailpointName; action: 'kill' | 'stop' | 'throw' | 'delay'; ms: number; nth: number };

/** `name:kill`, `name:throw@3`, `name:delay=500@2`, several with commas. */
const form = /^([a-z._]+):(kill|stop|throw|delay)(?:=(\d+))?(?:@(\d+))?$/;

function parse(text: string): Failpoint[] {
  return text.split(',').map((part) => {
    const [, name, action, ms = '1000', nth = '1'] = form.exec(part.trim()) ?? [];
    const place = places.find((known) => known === name);
    if (!place || !action) throw new Error(`FAILPOINT: "${part}" is not <place>:kill|stop|throw|delay[=ms][@nth]`);
    return { name: place, action: action as Failpoint['action'], ms: Number(ms), nth: Number(nth) };
  });
}

const armed = process.env['FAILPOINT'] ? parse(process.env['FAILPOINT']) : [];
const passed = new Map<FailpointName, number>();

/**
 * Interrupts the process here when the variable FAILPOINT says so, and does nothing otherwise: for the fault tests. The nth passage
 * is hit, and noted first in the file FAILPOINT_LOG, so that a test knows that it happened.
 *
 * @throws Error where the action is `throw`.
 */
export async function failpoint(name: FailpointName): Promise<void> {
  if (armed.length === 0) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  const hit = armed.find((point) => point.name === name && point.nth === count);
  if (!hit) return;
  const file = process.env['FAILPOINT_LOG'];
  if (file) appendFileSync(file, `${JSON.stringify({ name, action: hit.action, pid: process.pid })}\n`);
  if (hit.action === 'kill') process.kill(process.pid, 'SIGKILL');
  if (hit.action === 'stop') process.kill(process.pid, 'SIGSTOP');
  if (hit.action === 'throw') throw new Error(`failpoint ${name}`);
  if (hit.action === 'delay') await delay(hit.ms);
}
