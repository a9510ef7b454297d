import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { LocalStackError } from '../errors.ts';

/** How to start a program that refuses to run as root. `owner` is who must own the data folder, null if we own it. */
export type RunAs = {
  owner: { uid: number; gid: number } | null;
  /** Turns a command into the one to spawn, with Node's uid and gid options. */
  wrap(file: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number };
};

type User = { name: string; uid: number; gid: number };

const CANDIDATES = ['postgres', 'nobody'];

/**
 * Decides under which user Postgres runs. Not root: as we are. Root: as `postgres` or `nobody`; where that user cannot
 * walk to one of the paths (a 0700 folder above it), with the one capability that lets it.
 * @param paths files and folders that the program must reach
 * @throws LocalStackError when root has no user to step down to, or that user cannot be let in
 */
export function runAs(paths: string[]): RunAs {
  if (process.getuid?.() !== 0) {
    return { owner: null, wrap: (file, args) => ({ file, args }) };
  }
  const user = findUser();
  const blocked = paths.map((path) => findBlockedFolder(path, user)).find((folder) => folder !== null);
  if (blocked === undefined) {
    return { owner: user, wrap: (file, args) => ({ file, args, uid: user.uid, gid: user.gid }) };
  }
  const prefix = capabilityPrefix(user);
  if (spawnSync(prefix.file, [...prefix.args, 'true'], { stdio: 'ignore' }).status !== 0) {
    throw new LocalStackError(
      `Postgres may not run as root, and the user "${user.name}" cannot enter ${blocked}`,
      `Run "chmod o+x ${blocked}", move the project to a folder that others may enter, or start as an ordinary user.`,
    );
  }
  return {
    owner: user,
    wrap: (file, args) => ({ file: prefix.file, args: [...prefix.args, file, ...args] }),
  };
}

function findUser(): User {
  const users = parsePasswd(readFileSync('/etc/passwd', 'utf8'));
  for (const name of CANDIDATES) {
    const user = users.find((entry) => entry.name === name && entry.uid !== 0);
    if (user) return user;
  }
  throw new LocalStackError(
    'Postgres may not run as root, and there is no user "postgres" or "nobody" to run it as',
    'Start as an ordinary user, or create one: useradd --system postgres.',
  );
}

/** The users of an /etc/passwd file; lines that are not entries are passed over. */
export function parsePasswd(text: string): User[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** The first folder above `path` that the user may not enter, or null. */
function findBlockedFolder(path: string, user: User): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    let execute = 0o001;
    if (gid === user.gid) execute = 0o010;
    if (uid === user.uid) execute = 0o100;
    if ((mode & execute) === 0) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/**
 * setpriv (util-linux) with one capability. DAC_OVERRIDE and not DAC_READ_SEARCH: containers have the first by default
 * and not the second. NO_SETUID_FIXUP because initdb and postgres ask access(2), which else ignores capabilities.
 */
function capabilityPrefix(user: User): { file: string; args: string[] } {
  return {
    file: 'setpriv',
    args: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--securebits=+no_setuid_fixup',
      '--',
    ],
  };
}
