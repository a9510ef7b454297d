import { redact } from './redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlLWhlcmU';

describe('redaction by key', () => {
  test.each([
    'authorization',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'token',
    'accessToken',
    'refresh_token',
    'SECRET',
    'client-secret',
    'password',
    'passwd',
    'userPassword',
    'apikey',
    'apiKey',
    'x-api-key',
    'X_API_KEY',
    'service_role',
    'privateKey',
    'credentials',
  ])('%s', (key) => {
    expect(redact({ [key]: 'canary-1', kept: 'yes' })).toEqual({ [key]: '[redacted]', kept: 'yes' });
    expect(redact({ a: [{ [key]: { inner: 'canary-1' } }] })).toEqual({ a: [{ [key]: '[redacted]' }] });
  });

  test.each(['author', 'key', 'keys', 'pass', 'name', 'task_id'])('%s is not a secret', (key) => {
    expect(redact({ [key]: 'kept' })).toEqual({ [key]: 'kept' });
  });

  test('says whether there is a secret, and redacts a numeric one', () => {
    expect(redact({ hasPassword: true, token: null, secret: 123456 })).toEqual({
      hasPassword: true,
      token: null,
      secret: '[redacted]',
    });
  });
});

describe('redaction by value', () => {
  test.each([
    ['postgres://user:canary@db:5432/x', 'postgres://[redacted]@db:5432/x'],
    ['postgresql://user:can/ary@more@db/x', 'postgresql://[redacted]@db/x'],
    ['redis://:canary@cache:6379', 'redis://[redacted]@cache:6379'],
    ['https://canary@github.com/a/b', 'https://[redacted]@github.com/a/b'],
    [`jwt ${JWT} end`, 'jwt [redacted] end'],
    ['key sb_secret_canary_1234 end', 'key [redacted] end'],
    ['key tdk_canarycanary end', 'key [redacted] end'],
    ['Authorization: Bearer canary-0123456789', 'Authorization: Bearer [redacted]'],
    ['bearer canary12345', 'bearer [redacted]'],
    ['Basic Y2FuYXJ5OmNhbmFyeQ==', 'Basic [redacted]'],
    ['GET /x?apikey=canary&y=1', 'GET /x?apikey=[redacted]&y=1'],
    ['host=db password=canary user=u', 'host=db password=[redacted] user=u'],
    ['{"user":"u","password":"canary"}', '{"user":"u","password":"[redacted]"}'],
    ['{"access_token": "canary"}', '{"access_token": "[redacted]"}'],
  ])('%s', (text, safe) => {
    expect(redact(text)).toBe(safe);
    expect(redact({ deep: [text] })).toEqual({ deep: [safe] });
  });

  test.each([
    'see https://example.com/a?email=x@y.example',
    'bearer of bad news',
    'basic authentication is off',
    'sb_publishable_abc is public',
    'task 018f-aa took 3 s',
    'mail to a@b.example',
  ])('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('stays linear on hostile text', () => {
    const hostile = ['eyJ-', 'a.', 'a://', 'bearer ', '"password":', 'authorization: ', 'postgres://x'].map((part) =>
      part.repeat(20_000 / part.length),
    );
    const started = performance.now();
    hostile.forEach((text) => redact(text));
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe('shapes', () => {
  test('errors keep name, message, code and cause, and lose what a driver hangs on them', () => {
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      query: 'insert canary',
      parameters: ['canary'],
      detail: 'canary',
    });
    const safe = redact({ err: new TypeError('at postgres://u:canary@h/x', { cause }) });
    expect(safe).toMatchObject({
      err: {
        name: 'TypeError',
        message: 'at postgres://[redacted]@h/x',
        cause: { code: '23505', message: 'duplicate key' },
      },
    });
    expect(JSON.stringify(safe)).not.toContain('canary');
  });

  test('an AggregateError keeps its errors', () => {
    expect(redact(new AggregateError([new Error('one')], 'all'))).toMatchObject({ errors: [{ message: 'one' }] });
  });

  test('cycles, but not shared references', () => {
    const shared = { n: 1 };
    const node: Record<string, unknown> = { a: shared, b: shared };
    node.self = node;
    expect(redact(node)).toEqual({ a: { n: 1 }, b: { n: 1 }, self: '[circular]' });
    const looped = new Error('x');
    looped.cause = looped;
    expect(redact(looped)).toMatchObject({ cause: '[circular]' });
  });

  test('bounds depth, breadth, total size and length', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50; level += 1) deep = { deep };
    expect(JSON.stringify(redact(deep))).toContain('[too deep]');
    expect(redact(Array.from({ length: 150 }, () => 1))).toHaveLength(101);
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(redact(wide) as object)).toHaveLength(101);
    const huge = Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => ({})));
    expect(JSON.stringify(redact(huge))).toContain('[too large]');
    expect(String(redact('x'.repeat(1_000_000))).length).toBeLessThan(17_000);
  });

  test('a secret across the cut does not show', () => {
    expect(redact(`${'x '.repeat(8_187)}${JWT}`)).not.toContain('eyJhb');
  });

  test('odd values become plain data', () => {
    const odd = {
      when: new Date(0),
      never: new Date(NaN),
      big: 10n,
      bytes: Buffer.from('secret'),
      map: new Map([['password', 'x']]),
      set: new Set([1]),
      url: new URL('https://u:p@h/'),
      run: () => 1,
      nan: NaN,
      get boom(): never {
        throw new Error('no');
      },
    };
    expect(redact(odd)).toEqual({
      when: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      big: '10',
      bytes: '[Buffer of 6 bytes]',
      map: { password: '[redacted]' },
      set: [1],
      url: 'https://[redacted]@h/',
      run: '[function]',
      nan: 'NaN',
      boom: '[unreadable]',
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(redact({ proxy })).toEqual({ proxy: '[unreadable]' });
  });

  test('a key __proto__ stays data', () => {
    const safe = redact(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.hasOwn(safe as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('the input is not changed', () => {
    const input = { password: 'x', list: [{ token: 'y' }] };
    const before = structuredClone(input);
    redact(input);
    expect(input).toEqual(before);
  });
});
