import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.ts';
import { temporaryFolder } from './testing.ts';

describe('openDataFolder', () => {
  const temporary = temporaryFolder();

  it('makes the folder, its marker and its parts', () => {
    const path = join(temporary(), 'a', 'b');
    const folder = openDataFolder(path);
    expect(JSON.parse(readFileSync(join(path, 'taskdeck.json'), 'utf8'))).toEqual({ app: 'taskdeck', version: 1 });
    expect(statSync(folder.file('logs')).mode & 0o777).toBe(0o700);
    expect(folder.file('logs', 'web.log')).toBe(join(path, 'logs', 'web.log'));
  });

  it('opens its own folder again, whatever has come into it', () => {
    openDataFolder(temporary());
    writeFileSync(join(temporary(), 'secrets.json'), '{}');
    expect(openDataFolder(temporary()).path).toBe(temporary());
  });

  it("takes an empty volume with the filesystem's own folder for an empty one", () => {
    mkdirSync(join(temporary(), 'lost+found'));
    expect(openDataFolder(temporary()).path).toBe(temporary());
  });

  it('refuses a folder of somebody else and leaves it as it is', () => {
    writeFileSync(join(temporary(), 'holiday.jpg'), 'x');
    expect(() => openDataFolder(temporary())).toThrow(/is not a data folder of Taskdeck: it holds "holiday.jpg"/);
    expect(() => statSync(join(temporary(), 'logs'))).toThrow();
  });

  it('refuses a file, a damaged marker and the folder of a newer version', () => {
    const file = join(temporary(), 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(/it is a file/);

    const damaged = join(temporary(), 'damaged');
    mkdirSync(damaged);
    writeFileSync(join(damaged, 'taskdeck.json'), '{"app":');
    expect(() => openDataFolder(damaged)).toThrow(/is damaged/);

    const newer = join(temporary(), 'newer');
    mkdirSync(newer);
    writeFileSync(join(newer, 'taskdeck.json'), '{"app":"taskdeck","version":2}');
    expect(() => openDataFolder(newer)).toThrow(/made by a newer Taskdeck/);
  });
});
