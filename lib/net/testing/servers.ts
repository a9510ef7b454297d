import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/*
 * A self-signed certificate for hooks.example.test, localhost and 127.0.0.1, made for these tests and valid until 2126:
 *   openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=hooks.example.test \
 *     -addext 'subjectAltName=DNS:hooks.example.test,DNS:localhost,IP:127.0.0.1'
 */
const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtgnZHFQjbeTOreD6
5y1mrbq680SsmL+4rv289+XofZyhRANCAASYNzmC+O1UXKeOa8f+II+/Au+6+4rg
r9SzdHp+Jbf1CXLQy0J1xLvoxOl5/L0ZjjW0ZdaqCXy9BuqEpJ7qThW/
-----END PRIVATE KEY-----`;

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBwzCCAWmgAwIBAgIUb9lKOPXrtgA5VfAO7tMMshYMQ0MwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSaG9va3MuZXhhbXBsZS50ZXN0MCAXDTI2MTEyMTAwMDgwN1oY
DzIxMjYxMDI4MDAwODA3WjAdMRswGQYDVQQDDBJob29rcy5leGFtcGxlLnRlc3Qw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASYNzmC+O1UXKeOa8f+II+/Au+6+4rg
r9SzdHp+Jbf1CXLQy0J1xLvoxOl5/L0ZjjW0ZdaqCXy9BuqEpJ7qThW/o4GEMIGB
MB0GA1UdDgQWBBTwEdCQEMIiV15d8ws5AyaMj5+9pjAfBgNVHSMEGDAWgBTwEdCQ
EMIiV15d8ws5AyaMj5+9pjAPBgNVHRMBAf8EBTADAQH/MC4GA1UdEQQnMCWCEmhv
b2tzLmV4YW1wbGUudGVzdIIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49BAMCA0gA
MEUCIQCWHSxCT1+tnCGqJWH031cVltokoqAsiCkCe2hG1RGYDgIgYVAKyKPr0piY
Bu8uLqaQWYDG5hjhHfQIWNYaN0EGdGw=
-----END CERTIFICATE-----`;

/** A server on a free loopback port, which is closed with all its connections. */
export type TestServer = { port: number; close(): Promise<void> };

/** Real HTTP on loopback. */
export const startServer = (listener: RequestListener): Promise<TestServer> => start(createServer(listener));

/** Real HTTPS on loopback, with `testCertificate`. */
export const startTlsServer = (listener: RequestListener): Promise<TestServer> =>
  start(createTlsServer({ key: testKey, cert: testCertificate }, listener));

async function start(server: Server): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
