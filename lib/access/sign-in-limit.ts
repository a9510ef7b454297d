import { createHash } from 'node:crypto';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';

export type SignInSubject = { email: string; ip: string };

const windowSeconds = 60;
/**
 * Attempts a minute. The address alone has a limit too: whoever reaches Taskdeck without a proxy in between may
 * claim any IP. It is higher, so that locking somebody out takes a steady effort.
 */
const limits = { emailAndIp: 5, ip: 20, email: 30 };

// Hashed: of bounded length, and a password typed into the wrong field does not stay in the table.
const hash = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

function subjectsOf({ email, ip }: SignInSubject): { subject: string; limit: number }[] {
  const address = email.trim().toLowerCase();
  return [
    { subject: `both:${hash(address, ip)}`, limit: limits.emailAndIp },
    { subject: `ip:${hash(ip)}`, limit: limits.ip },
    { subject: `email:${hash(address)}`, limit: limits.email },
  ];
}

/**
 * Counts an attempt to sign in before it is made, so that many at once do not slip past. Without Postgres nobody
 * signs in: the limit fails closed.
 *
 * @returns what to call when the attempt succeeded: only failures count.
 * @throws TaskdeckError `rate_limited` with the seconds to wait. A refused attempt is not counted, so rows are bounded.
 */
export async function limitSignIn(subject: SignInSubject): Promise<{ succeeded: () => Promise<void> }> {
  const subjects = subjectsOf(subject);
  const names = subjects.map((entry) => entry.subject);
  const at = await db().begin(async (tx) => {
    // One at a time: two attempts must not both see the last free place.
    await tx`select pg_advisory_xact_lock(hashtext('taskdeck.sign_in'))`;
    const counts = await tx<{ subject: string; count: number; wait: number }[]>`
      select subject, count(*) as count,
        ceil(extract(epoch from min(at) + make_interval(secs => ${windowSeconds}) - clock_timestamp()))::int as wait
      from sign_in_attempts
      where subject = any(${names}) and at > clock_timestamp() - make_interval(secs => ${windowSeconds})
      group by subject`;
    const over = counts.filter(({ subject: name, count }) =>
      subjects.some((entry) => entry.subject === name && count >= entry.limit),
    );
    if (over.length > 0) {
      const retryAfterSeconds = Math.max(1, ...over.map(({ wait }) => wait));
      throw new TaskdeckError('rate_limited', 'Too many attempts to sign in.', {
        hint: `Try again in ${retryAfterSeconds} seconds.`,
        retryAfterSeconds,
      });
    }
    const [row] = await tx<{ at: string }[]>`
      insert into sign_in_attempts (subject, at) select unnest(${names}::text[]), now.at from (select clock_timestamp() as at) now
      returning at::text`;
    return row?.at ?? null;
  });
  const [both = ''] = names;
  return {
    succeeded: async () => {
      await db()`delete from sign_in_attempts where subject = ${both} or (subject = any(${names}) and at = ${at}::text::timestamptz)`;
    },
  };
}

/** Removes attempts that no limit counts any more. */
export async function forgetSignIns(): Promise<void> {
  await db()`delete from sign_in_attempts where at < clock_timestamp() - make_interval(secs => ${windowSeconds})`;
}
