import { writeFileSync } from 'node:fs';
import { createSecrets } from '../docker/secrets.ts';

const FILE = '.env';

const lines = Object.entries(createSecrets()).map(([name, value]) => `${name}=${value}`);
const text = [
  '# Made by `npm run secrets` for docker compose. Keep it to yourself, and keep it: the databases are made with it.',
  'TASKDECK_ADMIN_EMAIL=admin@taskdeck.local',
  ...lines,
  '',
].join('\n');

try {
  // wx: fails if the file is there, without a moment in which another could appear.
  writeFileSync(FILE, text, { flag: 'wx', mode: 0o600 });
  console.log(
    `Wrote ${FILE} (${lines.length} secrets, readable by you alone). The first sign-in is in it: TASKDECK_ADMIN_EMAIL, TASKDECK_ADMIN_PASSWORD.`,
  );
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  console.error(
    `${FILE} is there already and is left as it is. The databases were made with its passwords; to start anew, remove it and the volumes (docker compose down --volumes).`,
  );
  process.exitCode = 1;
}
