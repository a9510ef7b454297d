import { crossSiteReason } from './same-origin.ts';

const reason = (headers: Record<string, string>) => crossSiteReason(new Headers(headers));

test.each([
  [{ host: 'deck.example:3000', origin: 'http://deck.example:3000' }],
  [{ host: 'deck.example', origin: 'https://deck.example', 'sec-fetch-site': 'same-origin' }],
  [{ host: 'deck.example:443', origin: 'https://deck.example' }],
  [{ host: '[::1]:3000', origin: 'http://[::1]:3000' }],
  [{ host: 'deck.example', 'sec-fetch-site': 'same-origin' }],
  [{ host: 'deck.example', origin: 'https://deck.example', 'sec-fetch-site': 'none' }],
])('lets its own pages pass: %j', (headers) => {
  expect(reason(headers)).toBeNull();
});

test.each([
  ['no header at all', { host: 'deck.example' }],
  ['a null origin', { host: 'deck.example', origin: 'null' }],
  ['a null origin that claims to be ours', { host: 'deck.example', origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ['another host', { host: 'deck.example', origin: 'https://evil.example' }],
  ['another port', { host: 'deck.example:3000', origin: 'http://deck.example:3001' }],
  ['a sister domain', { host: 'deck.example', origin: 'https://x.deck.example' }],
  ['a longer name', { host: 'deck.example', origin: 'https://deck.example.evil.example' }],
  ['our name as a user', { host: 'deck.example', origin: 'https://deck.example@evil.example' }],
  ['a path', { host: 'deck.example', origin: 'https://deck.example/x' }],
  [
    'the same site, another origin',
    { host: 'deck.example', origin: 'https://deck.example', 'sec-fetch-site': 'same-site' },
  ],
  [
    'another site by fetch metadata',
    { host: 'deck.example', origin: 'https://deck.example', 'sec-fetch-site': 'cross-site' },
  ],
  ['fetch metadata alone, cross-site', { host: 'deck.example', 'sec-fetch-site': 'cross-site' }],
  ['an empty origin', { host: 'deck.example', origin: '' }],
  ['no host', { origin: 'https://deck.example' }],
  ['a host with a path', { host: 'evil.example/deck.example', origin: 'https://evil.example' }],
  ['a host with a user', { host: 'deck.example@evil.example', origin: 'https://evil.example' }],
  ['another scheme', { host: 'deck.example', origin: 'chrome-extension://deck.example' }],
  ['two origins', { host: 'deck.example', origin: 'https://deck.example https://evil.example' }],
  [
    'a forwarded host nobody asked for',
    { host: 'deck.example', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  ],
])('refuses %s', (_, headers) => {
  expect(reason(headers as Record<string, string>)).toEqual(expect.any(String));
});
