/**
 * Creates lite's schemas (auth, supabase_migrations) in the database of SUPABASE_ADMIN_URL. A program of its own, so
 * that callers under Jest or a bundler need not load lite: `node supabase/local/lite-schema.ts`.
 */
import { createLite } from './lite.ts';

const adminUrl = process.env.SUPABASE_ADMIN_URL;
if (!adminUrl) throw new Error('SUPABASE_ADMIN_URL is not set');
const lite = createLite({
  adminUrl,
  jwtSecret: process.env.SUPABASE_JWT_SECRET ?? '',
  publishableKey: '',
  secretKey: '',
});
await lite.app.ensureSystemSchema();
await lite.close();
