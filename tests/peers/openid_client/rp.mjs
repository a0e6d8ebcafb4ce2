// A relying party of openid-client. One line of JSON in, {"do": ...}; one line of JSON out.
// The first line tells who it is: issuer, client_id, redirect_uri, key or client_secret, dpop, scope.
import { createInterface } from 'node:readline';
import * as client from 'openid-client';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = JSON.parse((await lines.next()).value);

const key = told.key && await crypto.subtle.importKey(
  'jwk', told.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const proof = key ? client.PrivateKeyJwt({ key, kid: told.key.kid })
  : told.client_secret ? client.ClientSecretBasic(told.client_secret) : client.None();
const config = await client.discovery(new URL(told.issuer), told.client_id,
  { id_token_signed_response_alg: told.id_token_alg ?? 'ES256' },
  proof, { execute: [client.allowInsecureRequests] });
// The signature of the ID token is checked, too, although it came over a line of our own.
client.enableNonRepudiationChecks(config);
const DPoP = told.dpop
  ? client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) : undefined;

let verifier, state, nonce, back, tokens, older;

const shown = (got) => ({
  token_type: got.token_type, scope: got.scope, expires_in: got.expires_in,
  claims: got.claims?.(), refresh: Boolean(got.refresh_token),
});

const verbs = {
  async metadata() { return config.serverMetadata(); },

  async begin({ pushed = false, extra = {} }) {
    verifier = client.randomPKCECodeVerifier();
    [state, nonce] = [client.randomState(), client.randomNonce()];
    const asked = {
      redirect_uri: told.redirect_uri, scope: told.scope, state, nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256', ...extra,
    };
    const url = pushed
      ? await client.buildAuthorizationUrlWithPAR(config, asked, { DPoP })
      : client.buildAuthorizationUrl(config, asked);
    return { url: url.href };
  },

  async finish({ url = back }) {
    back = url;
    tokens = await client.authorizationCodeGrant(config, new URL(url), {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
    }, undefined, { DPoP });
    return shown(tokens);
  },

  async userinfo() {
    return client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP });
  },

  // What a thief would do who has the token and not the key.
  async userinfo_as_bearer() {
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const answer = await fetch(config.serverMetadata().userinfo_endpoint, { headers });
    return { status: answer.status, challenge: answer.headers.get('www-authenticate') };
  },

  async refresh() {
    const before = tokens;
    const got = await client.refreshTokenGrant(
      config, before.refresh_token, undefined, { DPoP });
    older = before.refresh_token;
    tokens = { ...got, refresh_token: got.refresh_token ?? older, claims: before.claims };
    return { ...shown(got), rotated: tokens.refresh_token !== older };
  },

  async refresh_older() {
    return shown(await client.refreshTokenGrant(config, older, undefined, { DPoP }));
  },

  async introspect({ which = 'access_token' }) {
    return client.tokenIntrospection(config, tokens[which]);
  },

  async revoke({ which = 'refresh_token' }) {
    await client.tokenRevocation(config, tokens[which]);
    return {};
  },

  async machine({ scope }) {
    return shown(await client.clientCredentialsGrant(config, scope ? { scope } : {}, { DPoP }));
  },

  async sign_out({ to }) {
    const asked = { id_token_hint: tokens.id_token, post_logout_redirect_uri: to, state: 'left' };
    return { url: client.buildEndSessionUrl(config, asked).href };
  },
};

// The library wraps what the server said.
const why = (error) => ({
  refused: error.error ?? error.code ?? error.name,
  status: error.status ?? error.cause?.status ?? null,
  said: error.error_description ?? error.message,
});

for await (const line of lines) {
  const { do: verb, ...rest } = JSON.parse(line);
  const answer = await verbs[verb](rest).catch(why);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
