// A certified OpenID Connect provider for the tests: any name signs in, with any password. It misbehaves when it is told
// to, by POST /misbehave: its token endpoint then sends what `BENT` makes of the id token, signed with its own key.

import { createServer } from "node:http";
import { exportJWK, generateKeyPair, importJWK, SignJWT, decodeJwt } from "jose";
import Provider from "oidc-provider";

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const GROUPS = { stella: ["Office, stewards"], edith: ["editors", "kinship"], rhea: ["readers"], noel: ["elsewhere"] };
const now = () => Math.floor(Date.now() / 1000);
const BENT = {
  audience: (claims) => ({ ...claims, aud: "another-client" }),
  party: (claims) => ({ ...claims, aud: ["assistant", "another-client"], azp: "another-client" }),
  expired: (claims) => ({ ...claims, iat: now() - 900, exp: now() - 600 }),
  skewed: (claims) => ({ ...claims, iat: now() + 30, exp: now() + 90 }),
  nonce: (claims) => ({ ...claims, nonce: "another" }),
  issuer: (claims) => ({ ...claims, iss: "http://127.0.0.1:1" }),
  rotated: (claims) => claims,
  stranger: (claims) => claims,
  unsigned: (claims) => claims,
};
let mode = "";

async function newKey(kid) {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const about = { kid, alg: "RS256", use: "sig" };
  return { secret: { ...(await exportJWK(privateKey)), ...about }, open: { ...(await exportJWK(publicKey)), ...about } };
}
const first = await newKey("first");
const second = await newKey("second");
const stranger = await newKey("first"); // the same name, another key

const provider = new Provider(issuer, {
  clients: [{ client_id: "assistant", client_secret: "s3cret/+ %", redirect_uris: [`${issuer}/none`] }],
  claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email", "email_verified"] },
  cookies: { keys: ["for the tests"] },
  features: { devInteractions: { enabled: true } },
  jwks: { keys: [first.secret] },
  pkce: { required: () => true },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, IdToken: 600, AccessToken: 600, AuthorizationCode: 60 },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: `${id[0].toUpperCase()}${id.slice(1)} Example`,
      email: `${id}@office.example`,
      email_verified: id !== "mallory",
      groups: GROUPS[id] ?? [],
    }),
  }),
});
provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/127\.0\.0\.1:\d+\/sign-in\/callback$/.test(uri);
provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => /^http:\/\/127\.0\.0\.1:\d+\/sign-in$/.test(uri);

async function bend(idToken) {
  const claims = BENT[mode](decodeJwt(idToken));
  if (mode === "unsigned") {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
  }
  const key = { rotated: second, stranger }[mode] ?? first;
  const header = { alg: "RS256", kid: key.secret.kid };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key.secret, "RS256"));
}

provider.use(async (ctx, next) => {
  if (ctx.path === "/misbehave") {
    mode = ctx.query.how ?? "";
    ctx.status = 204;
    return;
  }
  await next();
  if (ctx.path === "/token" && mode && ctx.body?.id_token) ctx.body.id_token = await bend(ctx.body.id_token);
  if (ctx.path === "/jwks" && mode === "rotated") ctx.body = { keys: [first.open, second.open] };
});
createServer(provider.callback()).listen(port, "127.0.0.1", () => console.log("ready"));
