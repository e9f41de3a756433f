# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in: the authorize page, the token endpoint, rotation, revocation."""

import re
import urllib.parse

import common
from practice import ALL_SCOPES, LOOPBACK_REDIRECT, SANDBOX, UNAUDITED, WEB, WEB_REDIRECT, request

VECTOR = common.recorded('pkce_vectors')['rfc7636_appendix_B']
VERIFIER, CHALLENGE = VECTOR['verifier'], VECTOR['tiktok_desktop_hex']


def query_of(reply):
    return {name: values[0] for name, values
            in urllib.parse.parse_qs(urllib.parse.urlsplit(reply.headers['Location']).query).items()}


class OAuthCase(common.Case):
    def consent(self, url, cookie=None):
        return request('GET', url, None, {'Cookie': cookie} if cookie else {})

    def submit(self, page, answer='allow', creator='mara.bakes', untick=()):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.body.decode()))
        boxes = re.findall(r'name="(grant:[^"]+)"', page.body.decode())
        fields |= {name: '1' for name in boxes if name not in untick} | {'creator': creator, 'answer': answer}
        fields = {name: value.replace('&amp;', '&') for name, value in fields.items()}
        return request('POST', f'{self.practice.base}/v2/auth/authorize/', urllib.parse.urlencode(fields).encode(),
                       {'Content-Type': 'application/x-www-form-urlencoded'})

    def code(self, **options):
        url = self.practice.authorize_url(**{'challenge': CHALLENGE} | options)
        return query_of(self.submit(self.consent(url)))['code']

    def exchange(self, code, **form):
        return self.practice.token_request(**{'grant_type': 'authorization_code', 'code': code,
                                              'redirect_uri': LOOPBACK_REDIRECT, 'code_verifier': VERIFIER} | form)


class Authorize(OAuthCase):
    def test_page_asks(self):
        page = self.consent(self.practice.authorize_url(challenge=CHALLENGE))
        self.assertEqual(page.status, 200)
        for scope in ALL_SCOPES.split(','):
            self.assertIn(f'grant:{scope}'.encode(), page.body)
        self.assertIn(b'@tomas.rides', page.body)
        self.assertIn("default-src 'none'", page.headers['Content-Security-Policy'])
        self.assertIn('form-action \'self\' http://127.0.0.1:43117', page.headers['Content-Security-Policy'])
        self.assertNotIn(b'<script', page.body)

    def test_consent_redirects(self):
        reply = self.submit(self.consent(self.practice.authorize_url(challenge=CHALLENGE, state='a b&c')))
        self.assertEqual(reply.status, 302)
        self.assertTrue(reply.headers['Location'].startswith(LOOPBACK_REDIRECT + '?'))
        self.assertIn('%2A0%21', reply.headers['Location'])
        self.assertEqual(query_of(reply)['state'], 'a b&c')
        self.assertEqual(query_of(reply)['scopes'], ALL_SCOPES)

    def test_page_without_last_slash(self):
        url = self.practice.authorize_url(challenge=CHALLENGE).replace('authorize/?', 'authorize?')
        self.assertEqual(self.consent(url).status, 200)

    def test_denial(self):
        reply = self.submit(self.consent(self.practice.authorize_url(challenge=CHALLENGE)), answer='deny')
        self.assertEqual(query_of(reply) | {'error_description': ''},
                         {'error': 'access_denied', 'error_description': '', 'state': 's-1'})

    def test_unticked_scope_is_not_granted(self):
        page = self.consent(self.practice.authorize_url(challenge=CHALLENGE))
        reply = self.submit(page, untick=('grant:video.publish',))
        granted = query_of(reply)['scopes']
        self.assertEqual(granted, ALL_SCOPES.removesuffix(',video.publish'))
        self.assertEqual(self.exchange(query_of(reply)['code']).json()['scope'], granted)

    def test_faults_never_redirect(self):
        cases = {
            'client_key': {'app': ('nobody', '')},
            'redirect_uri': {'redirect_uri': 'http://127.0.0.1:43117/callback/'},
            'localhost': {'redirect_uri': 'http://localhost:43117/callback/tiktok/'},
            'no port': {'redirect_uri': 'http://127.0.0.1/callback/tiktok/'},
            'port range': {'redirect_uri': 'http://127.0.0.1:65536/callback/tiktok/'},
            'query': {'redirect_uri': LOOPBACK_REDIRECT + '?a=b'},
            'user': {'redirect_uri': 'http://127.0.0.1:80@evil.example/callback/tiktok/'},
            'state': {'state': None},
            'scope': {'scope': 'user.info.basic,video.delete'},
            'spaces': {'scope': 'user.info.basic video.list'},
            'no scope': {'scope': None},
            'challenge': {'challenge': None},
            'short challenge': {'challenge': 'abc'},
            'method': {'code_challenge_method': 'plain'},
            'response_type': {'response_type': 'token'},
        }
        for name, options in cases.items():
            with self.subTest(name):
                reply = self.consent(self.practice.authorize_url(**{'challenge': CHALLENGE} | options))
                self.assertEqual(reply.status, 400)
                self.assertIsNone(reply.headers['Location'])
                self.assertIn(b'Something went wrong', reply.body)

    def test_text_of_the_query_stays_text(self):
        page = self.consent(self.practice.authorize_url(challenge=CHALLENGE, state='"><script>x</script>'))
        self.assertNotIn(b'<script>', page.body)

    def test_form_of_another_server_is_refused(self):
        page = self.consent(self.practice.authorize_url(challenge=CHALLENGE))
        page.body = re.sub(rb'(name="page_token" value=")[^"]+', rb'\1x', page.body)
        self.assertEqual(self.submit(page).status, 400)

    def test_session_signs_in_silently_unless_forbidden(self):
        url = self.practice.authorize_url(challenge=CHALLENGE)
        first = self.submit(self.consent(url), creator='linh.draws')
        cookie = first.headers['Set-Cookie'].split(';')[0]
        self.assertEqual(self.consent(url, cookie).status, 200, 'nothing is granted before the exchange')
        open_id = self.exchange(query_of(first)['code']).json()['open_id']
        silent = self.consent(url, cookie)
        self.assertEqual(silent.status, 302)
        self.assertEqual(self.exchange(query_of(silent)['code']).json()['open_id'], open_id)
        self.assertEqual(self.consent(url + '&disable_auto_auth=1', cookie).status, 200)

    def test_sandbox_knows_ten_accounts(self):
        page = self.consent(self.practice.authorize_url(SANDBOX, challenge=CHALLENGE))
        self.assertEqual(page.body.count(b'type="radio"'), 10)
        self.assertEqual(self.submit(page, creator='never.nia').status, 400)
        self.assertEqual(self.submit(page, creator='slow.sam').status, 302)

    def test_web_app_takes_its_exact_address_only(self):
        url = self.practice.authorize_url(WEB, redirect_uri=WEB_REDIRECT)
        self.assertEqual(self.consent(url).status, 200)
        self.assertEqual(self.consent(url.replace('callback%2F', 'callback')).status, 400)

    def test_auto_consent_rotates_and_obeys(self):
        self.practice.settings(auto_consent=True)
        url = self.practice.authorize_url(UNAUDITED, challenge=CHALLENGE)
        ids = []
        for _ in range(2):
            ids.append(self.exchange(query_of(self.consent(url))['code'], client_key=UNAUDITED[0],
                                     client_secret=UNAUDITED[1]).json()['open_id'])
        self.assertEqual(ids, [self.practice.creator(name)['open_ids'][UNAUDITED[0]]
                               for name in ('mara.bakes', 'tomas.rides')])
        self.practice.settings(auto_consent_deny=True)
        self.assertEqual(query_of(self.consent(url))['error'], 'access_denied')
        self.practice.settings(auto_consent=False, auto_consent_deny=False)


class Token(OAuthCase):
    def test_exchange(self):
        reply = self.exchange(self.code())
        answer = reply.json()
        self.assertEqual(reply.status, 200)
        self.assertEqual(set(answer), {
            'access_token', 'expires_in', 'open_id', 'refresh_expires_in', 'refresh_token', 'scope', 'token_type'})
        self.assertTrue(answer['access_token'].startswith('act.'))
        self.assertTrue(answer['refresh_token'].startswith('rft.'))
        self.assertEqual((answer['expires_in'], answer['refresh_expires_in']), (7200, 15552000))
        self.assertTrue(answer['open_id'].startswith('-000'))

    def test_code_is_good_once(self):
        code = self.code()
        self.assertEqual(self.exchange(code).status, 200)
        self.assert_recorded(self.exchange(code), 400, 'token_err_code_expired')

    def test_code_ends(self):
        code = self.code()
        self.practice.advance(601)
        self.assert_recorded(self.exchange(code), 400, 'token_err_code_expired')

    def test_code_encoded_twice_is_unknown(self):
        code = urllib.parse.quote(self.code(), safe='')
        self.assert_recorded(self.exchange(code), 400, 'token_err_code_expired')

    def test_verifier(self):
        code = self.code()
        for verifier in (None, 'x' * 64, CHALLENGE):
            self.assert_recorded(self.exchange(code, code_verifier=verifier), 400, 'token_err_pkce')
        self.assertEqual(self.exchange(code).status, 200)

    def test_base64url_challenge_fails_at_the_exchange(self):
        code = self.code(challenge=VECTOR['base64url'])
        self.assert_recorded(self.exchange(code), 400, 'token_err_pkce')

    def test_strict_challenge_fails_at_the_page(self):
        self.practice.settings(strict_challenge=True)
        reply = self.consent(self.practice.authorize_url(challenge=VECTOR['base64url']))
        self.practice.settings(strict_challenge=False)
        self.assertEqual(reply.status, 400)

    def test_redirect_uri_must_be_the_same(self):
        other = LOOPBACK_REDIRECT.replace('43117', '43118')
        self.assert_error(self.exchange(self.code(), redirect_uri=other), 400, 'invalid_request')

    def test_code_of_another_app(self):
        reply = self.exchange(self.code(), client_key=UNAUDITED[0], client_secret=UNAUDITED[1])
        self.assert_error(reply, 400, 'invalid_grant')

    def test_client(self):
        self.assert_recorded(self.exchange('x', client_key='', client_secret=''), 200, 'token_err_malformed_http200')
        self.assert_error(self.exchange('x', client_secret='wrong'), 200, 'invalid_client')
        self.assert_error(self.exchange('x', client_key='nobody'), 200, 'invalid_client')

    def test_malformed(self):
        self.assert_recorded(self.exchange(None), 400, 'token_err_malformed_http400')
        self.assert_recorded(self.exchange('x', redirect_uri=None), 400, 'token_err_malformed_http400')
        self.assert_recorded(self.practice.token_request(), 400, 'token_err_malformed_http400')
        self.assert_error(self.practice.token_request(grant_type='password'), 400, 'unsupported_grant_type')
        reply = request('POST', f'{self.practice.base}/v2/oauth/token/', b'{}', {'Content-Type': 'application/json'})
        self.assert_recorded(reply, 400, 'token_err_malformed_http400')

    def test_errors_can_come_with_200(self):
        self.practice.settings(oauth_errors_http_200=True)
        reply = self.exchange('x')
        self.practice.settings(oauth_errors_http_200=False)
        self.assert_recorded(reply, 200, 'token_err_code_expired')

    def test_refresh_rotates(self):
        first = self.exchange(self.code()).json()
        self.practice.advance(100)
        second = self.practice.token_request(grant_type='refresh_token', refresh_token=first['refresh_token']).json()
        self.assertNotEqual(first['refresh_token'], second['refresh_token'])
        self.assertNotEqual(first['access_token'], second['access_token'])
        self.assertEqual((first['open_id'], first['scope']), (second['open_id'], second['scope']))
        reply = self.practice.token_request(grant_type='refresh_token', refresh_token=first['refresh_token'])
        self.assert_recorded(reply, 400, 'token_err_refresh_invalid')
        path = '/v2/user/info/?fields=open_id'
        self.assertEqual(self.practice.get(path, second['access_token']).status, 200)

    def test_refresh_without_rotation(self):
        first = self.exchange(self.code()).json()
        self.practice.settings(refresh_rotates=False)
        self.practice.advance(100)
        again = self.practice.token_request(grant_type='refresh_token', refresh_token=first['refresh_token']).json()
        self.practice.settings(refresh_rotates=True)
        self.assertEqual(again['refresh_token'], first['refresh_token'])
        self.assertLessEqual(again['refresh_expires_in'], first['refresh_expires_in'] - 100)

    def test_refresh_token_is_not_an_access_token(self):
        tokens = self.exchange(self.code()).json()
        self.assert_recorded(self.practice.get('/v2/user/info/?fields=open_id', tokens['refresh_token']), 401,
                             'err_access_token_invalid')
        reply = self.practice.token_request(grant_type='refresh_token', refresh_token=tokens['access_token'])
        self.assert_recorded(reply, 400, 'token_err_refresh_invalid')

    def test_lifetimes(self):
        self.practice.settings(access_token_lifetime=86400, refresh_token_lifetime=31536000)
        tokens = self.exchange(self.code()).json()
        self.practice.settings(access_token_lifetime=7200, refresh_token_lifetime=15552000)
        self.assertEqual((tokens['expires_in'], tokens['refresh_expires_in']), (86400, 31536000))
        path = '/v2/user/info/?fields=open_id'
        self.practice.advance(86300)
        self.assertEqual(self.practice.get(path, tokens['access_token']).status, 200)
        self.practice.advance(101)
        self.assert_recorded(self.practice.get(path, tokens['access_token']), 401, 'err_access_token_invalid')
        self.practice.advance(31536000)
        reply = self.practice.token_request(grant_type='refresh_token', refresh_token=tokens['refresh_token'])
        self.assert_recorded(reply, 400, 'token_err_refresh_invalid')

    def test_web_app_needs_no_verifier(self):
        page = self.consent(self.practice.authorize_url(WEB, redirect_uri=WEB_REDIRECT))
        code = query_of(self.submit(page))['code']
        reply = self.exchange(code, client_key=WEB[0], client_secret=WEB[1], redirect_uri=WEB_REDIRECT,
                              code_verifier=None)
        self.assertEqual(reply.status, 200, reply)


class Revoke(OAuthCase):
    def revoke(self, token, **form):
        form = {'client_key': 'practice-desktop', 'client_secret': 'practice-secret', 'token': token} | form
        form = {name: value for name, value in form.items() if value is not None}
        return request('POST', f'{self.practice.base}/v2/oauth/revoke/', urllib.parse.urlencode(form).encode(),
                       {'Content-Type': 'application/x-www-form-urlencoded'})

    def test_revoke(self):
        tokens = self.exchange(self.code()).json()
        self.assert_recorded(self.revoke(tokens['access_token']), 200, 'revoke_ok')
        self.assert_recorded(self.practice.get('/v2/user/info/?fields=open_id', tokens['access_token']), 401,
                             'err_access_token_invalid')
        reply = self.practice.token_request(grant_type='refresh_token', refresh_token=tokens['refresh_token'])
        self.assert_recorded(reply, 400, 'token_err_refresh_invalid')
        self.assertNotIn('practice-desktop', self.practice.creator('mara.bakes')['connected_apps'])
        self.assert_recorded(self.revoke(tokens['access_token']), 200, 'revoke_err_http200')

    def test_malformed(self):
        self.assert_error(self.revoke(None), 400, 'invalid_request')
        self.assert_error(self.revoke('act.x', client_secret='wrong'), 200, 'invalid_client')

    def test_creator_removes_the_app(self):
        token = self.token('tomas.rides')
        self.practice.revoke('tomas.rides', 'practice-web')
        self.assertEqual(self.practice.get('/v2/user/info/?fields=open_id', token).status, 200)
        self.practice.revoke('tomas.rides', 'practice-desktop')
        self.assert_error(self.practice.get('/v2/user/info/?fields=open_id', token), 401, 'access_token_invalid')


del OAuthCase
if __name__ == '__main__':
    common.main()
