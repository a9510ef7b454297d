import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { freePort } from './free-port.ts';
import { checkPorts } from './ports.ts';
import type { PortUse } from './ports.ts';

const host = '127.0.0.1';
const use = (variable: PortUse['variable'], port: number, at = host): PortUse => ({
  variable,
  purpose: 'the web pages',
  port,
  host: at,
});

describe('checkPorts', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  const occupy = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server = createServer().listen(port, host, resolve);
    });

  it('accepts free ports', async () => {
    await expect(
      checkPorts([use('PORT', await freePort()), use('SUPABASE_PORT', await freePort())]),
    ).resolves.toBeUndefined();
  });

  it('names the port, the variable and a free port when one is taken', async () => {
    const port = await freePort();
    await occupy(port);
    await expect(checkPorts([use('PORT', port)])).rejects.toMatchObject({
      message: `Port ${port} for the web pages is in use by another program`,
      hint: expect.stringMatching(/PORT=\d+ npm start$/),
    });
  });

  it('refuses one port for two purposes', async () => {
    const port = await freePort();
    await expect(checkPorts([use('PORT', port), use('SUPABASE_PORT', port)])).rejects.toThrow(
      `PORT and SUPABASE_PORT are both ${port}`,
    );
  });

  it('says when HOST is not an address of this machine', async () => {
    await expect(checkPorts([use('PORT', await freePort(), '203.0.113.1')])).rejects.toThrow(
      /HOST is 203.0.113.1, which is not an address/,
    );
  });
});
