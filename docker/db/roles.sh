#!/bin/sh
# Runs once, when the database is made: lets Auth and PostgREST sign in, each with a password of its own, and gives
# Realtime the schema that it expects to find. The other roles of the image keep no password, so nobody can be them.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --host "$POSTGRES_HOST" --username supabase_admin --dbname "$POSTGRES_DB" <<'SQL'
\getenv authenticator POSTGRES_AUTHENTICATOR_PASSWORD
\getenv auth POSTGRES_AUTH_PASSWORD
alter role authenticator with password :'authenticator';
alter role supabase_auth_admin with password :'auth';
create schema if not exists _realtime authorization supabase_admin;
SQL
