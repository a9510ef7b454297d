import { readLaunchConfig } from '#lib/config';
import { openDataFolder } from './data-folder.ts';
import { noteChosenPassword, openSecrets } from './secrets.ts';
import { engineText, pageAddress, summary } from './summary.ts';
import { temporaryFolder } from './testing.ts';

describe('summary', () => {
  const temporary = temporaryFolder();
  const lines = (env: Record<string, string>) => {
    const secrets = openSecrets(openDataFolder(temporary()));
    const launch = readLaunchConfig({ NODE_ENV: 'test', ...env });
    return {
      secrets,
      text: summary({
        launch,
        secrets,
        engine: { kind: 'postgres', reason: 'as QUEUE_ENGINE says' },
        supabaseUrl: 'http://x',
        dataFolder: '/data',
      }),
    };
  };

  it('shows the password that was made up, and ends with the line that says it is ready', () => {
    const { secrets, text } = lines({ PORT: '3100' });
    expect(text.join('\n')).toContain(`admin@taskdeck.local  ${secrets.adminPassword}`);
    expect(text.at(-1)).toBe('Taskdeck is ready: http://localhost:3100');
  });

  it('does not repeat a password that was chosen', () => {
    expect(lines({ TASKDECK_ADMIN_PASSWORD: 'correct horse' }).text.join('\n')).not.toContain('correct horse');
  });

  it('does not show the one made up once a password was chosen', () => {
    const folder = openDataFolder(temporary());
    const secrets = noteChosenPassword(folder, openSecrets(folder));
    const text = summary({
      launch: readLaunchConfig({ NODE_ENV: 'test' }),
      secrets: openSecrets(folder),
      engine: { kind: 'postgres', reason: 'as QUEUE_ENGINE says' },
      supabaseUrl: 'http://x',
      dataFolder: '/data',
    });
    expect(text.join('\n')).not.toContain(secrets.adminPassword);
  });

  it('names the host that it listens on', () => {
    expect(pageAddress({ HOST: '192.168.1.5', PORT: 3000 })).toBe('http://192.168.1.5:3000');
    expect(pageAddress({ HOST: '0.0.0.0', PORT: 3000 })).toBe('http://localhost:3000');
  });

  it('keeps the password of REDIS_URL to itself', () => {
    expect(engineText({ kind: 'redis-url', url: 'redis://user:hidden@cache:6379/1' })).toBe(
      'BullMQ on the Redis at cache:6379',
    );
  });
});
