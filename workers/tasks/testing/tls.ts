import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { testCertificate } from '../../../lib/net/testing/servers.ts';

/** Lets this process trust the test servers' certificate, and reach localhost, until the returned function is called. */
export function trustTestServers(): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, testCertificate]);
  process.env.HTTP_ALLOW_PRIVATE = 'localhost';
  return () => {
    setDefaultCACertificates(before);
    delete process.env.HTTP_ALLOW_PRIVATE;
  };
}
