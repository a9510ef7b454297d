import { browserAddress } from './browser-address.ts';

const supabaseUrl = 'http://127.0.0.1:54321';

test.each([
  ['localhost:3000', 'http://127.0.0.1:54321'],
  ['127.0.0.1:3000', 'http://127.0.0.1:54321'],
  ['192.168.1.20:3000', 'http://192.168.1.20:54321'],
  ['deck.lan', 'http://deck.lan:54321'],
  ['[fd00::7]:3000', 'http://[fd00::7]:54321'],
  [null, 'http://127.0.0.1:54321'],
  ['evil.example; script-src *', 'http://127.0.0.1:54321'],
  ['evil.example/x', 'http://127.0.0.1:54321'],
])('for a browser that asked %s it is %s', (host, expected) => {
  expect(browserAddress({ supabaseUrl, host })).toBe(expected);
});

test('a public address is taken as it is', () => {
  expect(browserAddress({ supabaseUrl, publicUrl: 'http://127.0.0.1:9000/', host: 'deck.lan' })).toBe(
    'http://127.0.0.1:9000',
  );
});

test('a hosted project stays where it is', () => {
  expect(browserAddress({ supabaseUrl: 'https://abc.supabase.co', host: 'deck.lan' })).toBe('https://abc.supabase.co');
});
