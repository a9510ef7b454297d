import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceHash } from './source-hash.ts';
import { temporaryFolder } from './testing.ts';

describe('sourceHash', () => {
  const temporary = temporaryFolder();
  const write = (path: string, content: string) => {
    mkdirSync(join(temporary(), path, '..'), { recursive: true });
    writeFileSync(join(temporary(), path), content);
  };

  beforeEach(() => {
    write('app/page.tsx', 'page');
    write('lib/tasks/state.ts', 'state');
    write('package-lock.json', '{}');
  });

  it('changes with the content, the name and the number of sources', () => {
    const hashes = [sourceHash(temporary())];
    const record = () => hashes.push(sourceHash(temporary()));
    write('app/page.tsx', 'another page');
    record();
    renameSync(join(temporary(), 'app/page.tsx'), join(temporary(), 'app/layout.tsx'));
    record();
    write('next.config.ts', '');
    record();
    expect(new Set(hashes).size).toBe(4);
  });

  it('stays the same when nothing that is built changes', () => {
    const before = sourceHash(temporary());
    write('app/page.tsx', 'page');
    write('app/page.test.tsx', 'test');
    write('components/testing/setup.ts', 'test');
    write('workers/main.ts', 'worker');
    write('docs/README.md', 'docs');
    expect(sourceHash(temporary())).toBe(before);
  });
});
