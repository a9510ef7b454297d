import { parseAllowList } from './allow-list.ts';

test('an entry without a port allows every port, one with a port only that', () => {
  const allowed = parseAllowList(' Wiki.Intern , 10.0.0.5:8080,[::1]:9000,');
  expect(allowed('wiki.intern', 443)).toBe(true);
  expect(allowed('wiki.intern', 1)).toBe(true);
  expect(allowed('10.0.0.5', 8080)).toBe(true);
  expect(allowed('10.0.0.5', 80)).toBe(false);
  expect(allowed('[::1]', 9000)).toBe(true);
  expect(allowed('sub.wiki.intern', 443)).toBe(false);
});

test.each([undefined, '', ' , '])('nothing is allowed by %j', (value) => {
  expect(parseAllowList(value)('localhost', 80)).toBe(false);
});

test.each(['http://wiki', 'wiki/path', '10.0.0.0/8', '*.intern', 'wiki:port', '::1'])(
  '%s is refused, since it would silently match nothing',
  (value) => {
    expect(() => parseAllowList(`a.b,${value}`)).toThrow(`"${value}" is not a host`);
  },
);
