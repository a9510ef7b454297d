import { parseJoin } from './join-request.ts';

const DEFAULTS = {
  isPrivate: false,
  ack: false,
  self: false,
  accessToken: null,
  replay: null,
  wantsReplicationReady: false,
  wantsPostgresChanges: false,
};

test('reads what realtime-js 2.119 sends', () => {
  const payload = {
    config: {
      broadcast: { ack: true, self: true },
      presence: { key: '', enabled: false },
      postgres_changes: [],
      private: true,
    },
    access_token: 'jwt',
    version: 'realtime-js/2.119.0',
  };
  expect(parseJoin(payload)).toEqual({ ...DEFAULTS, isPrivate: true, ack: true, self: true, accessToken: 'jwt' });
});

test('a broadcast config with replay alone lacks ack and self', () => {
  expect(parseJoin({ config: { private: true, broadcast: { replay: { since: 1 } } } })).toEqual({
    ...DEFAULTS,
    isPrivate: true,
    replay: { since: 1, limit: 25 },
  });
});

test.each([null, 'x', 1, [], { config: 3 }, { config: { broadcast: 'x', private: 'yes' }, access_token: 5 }])(
  'defaults apply to %p',
  (payload) => {
    expect(parseJoin(payload)).toEqual(DEFAULTS);
  },
);

test.each([{ since: 'x' }, { since: 1, limit: 26 }, { since: 1.5 }, {}])('replay %p is invalid', (replay) => {
  expect(parseJoin({ config: { broadcast: { replay } } }).replay).toBe('invalid');
});
