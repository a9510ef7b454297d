import { parsePasswd } from './run-as.ts';

test('users are read and other lines passed over', () => {
  expect(parsePasswd('root:x:0:0:root:/root:/bin/bash\n# comment\n+::::::\nnobody:x:65534:65533::/:\n')).toEqual([
    { name: 'root', uid: 0, gid: 0 },
    { name: 'nobody', uid: 65534, gid: 65533 },
  ]);
});
