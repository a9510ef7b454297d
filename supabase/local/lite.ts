import { App } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';

/** What Auth and REST need; `jwtExpirySeconds` defaults to an hour, `statementMs` to no limit. */
export type LiteOptions = {
  adminUrl: string;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  siteUrl?: string;
  jwtExpirySeconds?: number;
  enableSignup?: boolean;
  statementMs?: number;
};

/**
 * @supabase/lite on our Postgres: Auth (GoTrue's routes) and REST (PostgREST's). It must connect as the owner of its
 * schemas, hence the admin URL; each request runs under the role of its token.
 * Imported by processes under plain Node only: lite is ESM, which Jest does not load.
 */
export function createLite(options: LiteOptions): { app: App; close(): Promise<void> } {
  const connection = createPostgresConnection({
    url: options.adminUrl,
    postgresOptions: {
      max: 10,
      onnotice: () => {},
      connection: { application_name: 'taskdeck-rest', statement_timeout: options.statementMs ?? 0 },
    },
  });
  // Before its first request lite would grant everything on each table to anon and authenticated, whatever a migration
  // has revoked. The roles are there already (schema/roles.ts), so it is told that this is done.
  Object.assign(connection, { rlsState: 'active' });
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: options.jwtSecret,
      jwt_expiry: options.jwtExpirySeconds ?? 3600,
      enable_signup: options.enableSignup ?? false,
      publishable_key: options.publishableKey,
      secret_key: options.secretKey,
      ...(options.siteUrl ? { site_url: options.siteUrl, additional_redirect_urls: [options.siteUrl] } : {}),
      email: { enable_signup: options.enableSignup ?? false, enable_confirmations: false },
    },
    api: { schemas: ['public'] },
    options: {
      server: { disableStudio: true, admin: false },
      // The default driver writes messages, with their tokens, to the log.
      drivers: { email: { send: async () => {} } },
    },
  });
  return { app, close: () => connection.close() };
}
