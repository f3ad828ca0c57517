// An OpenID Connect provider on loopback: prints its issuer on one line, reads a line of JSON for each wish, answers
// "done", and ends when its standard input does, so that it cannot outlive the test that holds the other end.
//
//   {"redirect": "http://…"}                          the one client's address to come back to
//   {"account": "42", "amr": ["mfa"], "acr": "high"}  who is signed in there next, and how the provider says they were
//   {…, "claims": {"nonce": "x"}, "key": "other"}     what its tokens say instead, signed again; key "none": not signed

import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { generateKeyPairSync, sign } from 'node:crypto'
import { Provider } from 'oidc-provider'

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const key = newKey()
const other = newKey()
const server = createServer()
let wish = {}

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signedAgain(token) {
  const [header, payload] = token.split('.').map((part, i) => i < 2 && JSON.parse(Buffer.from(part, 'base64url')))
  const unsigned = wish.key === 'none'
  const text = `${base64(unsigned ? { alg: 'none' } : header)}.${base64({ ...payload, ...wish.claims })}`
  return `${text}.${unsigned ? '' : sign('RSA-SHA256', Buffer.from(text), wish.key === 'other' ? other : key).toString('base64url')}`
}

function provider(issuer, redirect) {
  const made = new Provider(issuer, {
    clients: [{ client_id: 'palermo', client_secret: process.env.CLIENT_SECRET, redirect_uris: [redirect] }],
    pkce: { required: () => true, methods: ['S256'] },
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['for one run of a test'] },
    claims: { openid: ['sub', 'amr', 'acr'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    async loadExistingGrant({ oidc }) { // nobody is asked whether the client may know them
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Grant: 60, Interaction: 60, Session: 60 },
  })
  made.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) {
      await next()
      if (ctx.body?.id_token && (wish.claims || wish.key)) ctx.body.id_token = signedAgain(ctx.body.id_token)
      return
    }
    const login = { accountId: wish.account, amr: wish.amr, acr: wish.acr, remember: false }
    ctx.redirect(await made.interactionResult(ctx.req, ctx.res, { login }))
  })
  return made.callback()
}

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  console.log(issuer)
  createInterface({ input: process.stdin }).on('line', (line) => {
    wish = JSON.parse(line)
    if (wish.redirect) server.removeAllListeners('request').on('request', provider(issuer, wish.redirect))
    console.log('done')
  }).on('close', () => process.exit())
})
