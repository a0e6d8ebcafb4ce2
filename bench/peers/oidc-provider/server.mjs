// The peer: oidc-provider with its state in PostgreSQL and people with argon2id passwords.
// Told by the environment: PEER_PORT, PEER_DATABASE_URL, PEER_HASH (one hash that all people share).
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import Provider from 'oidc-provider';
import pg from 'pg';

const port = Number(process.env.PEER_PORT);
const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 });

await pool.query(`
  CREATE TABLE IF NOT EXISTS peer_payload (
    type text, id text, payload jsonb NOT NULL, grant_id text, user_code text, uid text,
    expires_at timestamptz, consumed_at timestamptz, PRIMARY KEY (type, id));
  CREATE INDEX IF NOT EXISTS peer_payload_grant ON peer_payload (grant_id);
  CREATE INDEX IF NOT EXISTS peer_payload_uid ON peer_payload (uid);
  CREATE TABLE IF NOT EXISTS peer_person (username text PRIMARY KEY, hash text NOT NULL);
`);
await pool.query(
  `INSERT INTO peer_person SELECT 'person' || n, $1 FROM generate_series(1, 1000) n
   ON CONFLICT DO NOTHING`, [process.env.PEER_HASH]);

const read = async (name, text, values) => {
  const { rows: [row] } = await pool.query({ name, text, values });
  if (!row) return undefined;
  return { ...row.payload, ...(row.consumed_at ? { consumed: true } : undefined) };
};

class Adapter {
  constructor(type) { this.type = type; }

  async upsert(id, payload, expiresIn) {
    const expires = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null;
    await pool.query({
      name: 'upsert',
      text: `INSERT INTO peer_payload (type, id, payload, grant_id, user_code, uid, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (type, id) DO UPDATE SET
             payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
             user_code = excluded.user_code, expires_at = excluded.expires_at`,
      values: [this.type, id, payload, payload.grantId, payload.userCode, payload.uid, expires],
    });
  }

  find(id) {
    return read('find',
      'SELECT payload, consumed_at FROM peer_payload WHERE type = $1 AND id = $2', [this.type, id]);
  }

  findByUid(uid) {
    return read('by-uid',
      'SELECT payload, consumed_at FROM peer_payload WHERE type = $1 AND uid = $2', [this.type, uid]);
  }

  findByUserCode(code) {
    return read('by-user-code',
      'SELECT payload, consumed_at FROM peer_payload WHERE type = $1 AND user_code = $2',
      [this.type, code]);
  }

  async destroy(id) {
    await pool.query({ name: 'destroy',
      text: 'DELETE FROM peer_payload WHERE type = $1 AND id = $2', values: [this.type, id] });
  }

  async consume(id) {
    await pool.query({ name: 'consume',
      text: 'UPDATE peer_payload SET consumed_at = now() WHERE type = $1 AND id = $2',
      values: [this.type, id] });
  }

  async revokeByGrantId(grant) {
    await pool.query({ name: 'revoke',
      text: 'DELETE FROM peer_payload WHERE grant_id = $1', values: [grant] });
  }
}

const provider = new Provider(`http://localhost:${port}`, {
  adapter: Adapter,
  clients: [
    { client_id: 'site', client_secret: 'a-secret-of-the-bench-that-guards-nothing',
      redirect_uris: ['http://localhost:1/cb'], response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_method: 'client_secret_post' },
    // Measured by its tokens: it gets refresh tokens at every sign-in, as our clients do.
    { client_id: 'keeper', client_secret: 'a-secret-of-the-bench-that-guards-nothing',
      redirect_uris: ['http://localhost:1/cb'], response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_method: 'client_secret_post' },
  ],
  issueRefreshToken: (ctx, client, code) =>
    client.clientId === 'keeper' || code.scopes.has('offline_access'),
  expiresWithSession: (ctx, token) => token.clientId !== 'keeper',
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'offline_access', 'api'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'A Person' }) }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  // One's own applications are not asked about, as its manual shows.
  async loadExistingGrant(ctx) {
    const known = ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId);
    if (known) return ctx.oidc.provider.Grant.find(known);
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid offline_access');
    await grant.save();
    return grant;
  },
});

const form = (uid) => `<!DOCTYPE html><html lang="en"><title>Sign in</title>
<form method="post" action="/interaction/${uid}"><input name="username"><input name="password" type="password">
<button>Sign in</button></form></html>`;

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function interaction(request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(form(uid));
    return;
  }
  const told = await body(request);
  const { rows: [person] } = await pool.query({ name: 'person',
    text: 'SELECT hash FROM peer_person WHERE username = $1', values: [told.get('username')] });
  if (!person || !(await verify(person.hash, told.get('password')))) {
    response.statusCode = 401;
    response.end(form(uid));
    return;
  }
  await provider.interactionFinished(request, response,
    { login: { accountId: told.get('username') } }, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer((request, response) => {
  if (request.url === '/healthz') { response.end('ok'); return; }
  if (!request.url.startsWith('/interaction/')) { answer(request, response); return; }
  interaction(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(port, '127.0.0.1');
