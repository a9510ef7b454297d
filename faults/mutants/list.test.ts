import { readFileSync } from 'node:fs';
import { list } from './list.ts';

it.each(list.map(({ guard, file, from }) => [guard, file, from]))(
  'takes away %s, which stands in %s once',
  (_, file, from) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  },
);
