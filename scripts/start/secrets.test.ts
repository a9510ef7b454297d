import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { openDataFolder } from './data-folder.ts';
import { openSecrets } from './secrets.ts';
import { temporaryFolder } from './testing.ts';

describe('openSecrets', () => {
  const temporary = temporaryFolder();

  it('makes secrets that only their owner may read, and keeps them', () => {
    const folder = openDataFolder(temporary());
    const secrets = openSecrets(folder);
    expect(statSync(folder.file('secrets.json')).mode & 0o777).toBe(0o600);
    expect(openSecrets(folder)).toEqual(secrets);
    expect(secrets.apiKey).toMatch(/^tdk_[A-Za-z0-9_-]{32,}$/);
  });

  it('makes each secret and each copy its own', () => {
    const values = Object.values(openSecrets(openDataFolder(`${temporary()}/a`)));
    const others = Object.values(openSecrets(openDataFolder(`${temporary()}/b`)));
    expect(new Set([...values, ...others]).size).toBe(values.length * 2);
  });

  it('refuses damaged secrets and does not write over them', () => {
    const folder = openDataFolder(temporary());
    writeFileSync(folder.file('secrets.json'), '{"postgresPassword":');
    expect(() => openSecrets(folder)).toThrow(/secrets.json is damaged/);
    expect(readFileSync(folder.file('secrets.json'), 'utf8')).toBe('{"postgresPassword":');
  });

  it('makes no new secrets for a database that needs the old ones', () => {
    const folder = openDataFolder(temporary());
    mkdirSync(folder.file('postgres'));
    expect(() => openSecrets(folder)).toThrow(/is missing, and the database beside it/);
  });
});
