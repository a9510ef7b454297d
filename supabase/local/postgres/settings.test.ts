import { renderSettings, serverSettings } from './settings.ts';

test('a durable server flushes each commit', () => {
  expect(serverSettings({ host: '127.0.0.1', port: 1, durable: true, starting: false })).toMatchObject({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'logical',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  });
});

test('quotes in a value are escaped', () => {
  expect(renderSettings({ a: "it's" })).toContain("a = 'it''s'");
});
