import { recipientOf, recipientSchema } from './recipient.ts';

test.each([
  ['inbox', { channel: 'inbox' }],
  [
    'https://hooks.slack.com/services/T0/B0/x?y=1#z',
    { channel: 'webhook', url: 'https://hooks.slack.com/services/T0/B0/x?y=1#z' },
  ],
  ['https://example.com', { channel: 'webhook', url: 'https://example.com' }],
  ['ada.lovelace+x@mail.example.co.uk', { channel: 'email', address: 'ada.lovelace+x@mail.example.co.uk' }],
])('%s', (to, expected) => {
  expect(recipientOf(recipientSchema.parse(to))).toEqual(expected);
});

test('the inbox is the default', () => {
  expect(recipientSchema.parse(undefined)).toBe('inbox');
});

test.each([
  '',
  'Inbox',
  'inbox ',
  'slack',
  'http://example.com',
  'https://',
  'https:// example.com',
  'https://user:pw@example.com/',
  'javascript:alert(1)',
  'ftp://x.y/',
  'ada@',
  '@example.com',
  'ada@localhost',
  'ada@example',
  'a@b.com, c@d.com',
  'a@b.com,c@d.com',
  'Ada <a@b.com>',
  'a@b.com\r\nBcc: c@d.com',
  'a@b.com\n',
  '"a b"@c.com',
  'a@b.com@c.com',
  'x@example.com.attacker.com\0',
  `${'a'.repeat(65)}@example.com`,
  `https://example.com/${'a'.repeat(2048)}`,
])('%j is refused', (to) => {
  expect(recipientSchema.safeParse(to).success).toBe(false);
});

test('says what it wants', () => {
  expect(recipientSchema.safeParse('nobody').error?.issues[0]?.message).toBe(
    'write inbox, an https:// URL without user name or password, or one e-mail address',
  );
});

test.each([
  `a@${'a.'.repeat(25_000)}`,
  `a@${'a-'.repeat(25_000)}!`,
  `https://${'a'.repeat(50_000)}@`,
  '!'.repeat(50_000),
  `${'a'.repeat(25_000)}@${'a'.repeat(25_000)}`,
])('50 KB are judged at once', (to) => {
  const startedAt = performance.now();
  expect(recipientSchema.safeParse(to).success).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
