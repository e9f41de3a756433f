# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each endpoint and each error that TikTok documents for it, provoked by what provokes it there: a table, every row hit.

5xx has no cause of its own: it is the fault script's.
"""

import urllib.parse

import common
from practice import DESKTOP, LOOPBACK_REDIRECT, SANDBOX, UNAUDITED, request

PUBLIC = 'PUBLIC_TO_EVERYONE'
POST = '/v2/post/publish/'
PATHS = {
    'user_info': '/v2/user/info/?fields=open_id', 'video_list': '/v2/video/list/?fields=id',
    'video_query': '/v2/video/query/?fields=id', 'creator_info': POST + 'creator_info/query/',
    'video_init': POST + 'video/init/', 'inbox_init': POST + 'inbox/video/init/',
    'content_init': POST + 'content/init/', 'status': POST + 'status/fetch/', 'cancel': POST + 'cancel/',
}
LIMITS = {'user_info': 600, 'video_list': 600, 'video_query': 600, 'creator_info': 20, 'video_init': 6, 'inbox_init': 6,
          'content_init': 6, 'status': 30}
WRONG_SCOPES = {'user_info': ('user.info.profile', 'follower_count'), 'video_list': 'user.info.basic',
                'video_query': 'user.info.basic', 'creator_info': 'user.info.basic,video.upload',
                'video_init': 'user.info.basic,video.upload', 'inbox_init': 'user.info.basic,video.publish',
                'content_init': 'user.info.basic', 'status': 'user.info.basic', 'cancel': 'user.info.basic'}
VIDEO = common.make_mp4()
FILE = {'source': 'FILE_UPLOAD', 'video_size': 10, 'chunk_size': 10, 'total_chunk_count': 1}
FROM_URL = {'source': 'PULL_FROM_URL', 'video_url': 'https://media.example.org/a.mp4'}
PHOTOS = {'media_type': 'PHOTO', 'post_mode': 'DIRECT_POST', 'post_info': {'privacy_level': 'SELF_ONLY'},
          'source_info': {'source': 'PULL_FROM_URL', 'photo_images': ['https://media.example.org/1.jpg'],
                          'photo_cover_index': 0}}


def direct(level='SELF_ONLY', source=None):
    return {'post_info': {'privacy_level': level}, 'source_info': source or FILE}


def good_body(endpoint):
    return {'video_list': {}, 'video_query': {'filters': {'video_ids': ['1']}}, 'creator_info': {},
            'video_init': direct(), 'inbox_init': {'source_info': FILE}, 'content_init': PHOTOS,
            'status': {'publish_id': 'v'}, 'cancel': {'publish_id': 'v'}}.get(endpoint)


class Errors(common.Case):
    hit = []

    @classmethod
    def tearDownClass(cls):
        for row in cls.hit:
            print('# %-13s %3d  %s' % row, flush=True)

    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)

    def call(self, endpoint, token, body=None, path=None):
        path = path or PATHS[endpoint]
        if endpoint == 'user_info':
            return self.practice.get(path, token)
        return self.practice.post(path, token, good_body(endpoint) if body is None else body)

    def expect(self, endpoint, status, code, reply):
        with self.subTest((endpoint, status, code)):
            self.assert_error(reply, status, code)
            self.hit.append((endpoint, status, code))

    def test_token_errors_of_every_endpoint(self):
        for endpoint in PATHS:
            self.expect(endpoint, 401, 'access_token_invalid', self.call(endpoint, 'act.nobody'))

    def test_missing_scopes_of_every_endpoint(self):
        for endpoint, scope in WRONG_SCOPES.items():
            path = None
            if isinstance(scope, tuple):
                scope, path = scope[0], '/v2/user/info/?fields=' + scope[1]
            token = self.token('linh.draws', scope=scope)
            self.expect(endpoint, 401, 'scope_not_authorized', self.call(endpoint, token, path=path))
        self.practice.settings(missing_scope_fields='scope_permission_missed')
        token = self.token('linh.draws', scope='user.info.basic')
        self.expect('user_info', 400, 'scope_permission_missed',
                    self.practice.get('/v2/user/info/?fields=follower_count', token))
        self.practice.settings(missing_scope_fields='scope_not_authorized')

    def test_limits_of_every_endpoint(self):
        self.practice.settings(rate_limits=True)
        token = self.token('long.takes')
        for endpoint, limit in LIMITS.items():
            statuses = [self.call(endpoint, token).status for _ in range(limit)]
            self.assertNotIn(429, statuses, endpoint)
            self.expect(endpoint, 429, 'rate_limit_exceeded', self.call(endpoint, token))
        self.practice.advance(61)
        for endpoint in LIMITS:
            self.assertNotEqual(self.call(endpoint, token).status, 429, endpoint)

    def test_server_errors_of_every_endpoint(self):
        token = self.token()
        for endpoint in PATHS:
            self.practice.fault(endpoint=endpoint, status=500, body={
                'error': {'code': 'internal_error', 'message': '', 'log_id': '20261122000000' + 'A' * 20}})
            self.expect(endpoint, 500, 'internal_error', self.call(endpoint, token))

    def test_bad_parameters_of_every_endpoint(self):
        token = self.token()
        for endpoint in ('user_info', 'video_list', 'video_query'):
            self.expect(endpoint, 400, 'invalid_params', self.call(endpoint, token, path=PATHS[endpoint] + ',no_field'))
        for endpoint in ('video_init', 'inbox_init', 'content_init', 'status', 'cancel'):
            self.expect(endpoint, 400, 'invalid_params', self.call(endpoint, token, {'nothing': 1}))
        self.practice.settings(singular_invalid_param=True)
        self.expect('video_init', 400, 'invalid_param', self.call('video_init', token, {}))
        self.practice.settings(singular_invalid_param=False)

    def test_content_type_of_every_endpoint_with_a_body(self):
        headers = {'Authorization': f'Bearer {self.token()}', 'Content-Type': 'text/plain'}
        for endpoint, path in PATHS.items():
            if endpoint not in ('user_info', 'creator_info'):
                reply = request('POST', self.practice.base + path, b'{}', headers)
                self.assert_error(reply, 400, 'invalid_params', 'The content type must be application/json')

    def test_who_may_post(self):
        barred, capped, open_ = (self.token(name) for name in ('barred.bo', 'capped.cleo', 'mara.bakes'))
        self.expect('creator_info', 200, 'spam_risk_user_banned_from_posting', self.call('creator_info', barred))
        self.expect('creator_info', 200, 'spam_risk_too_many_posts', self.call('creator_info', capped))
        self.expect('video_init', 403, 'spam_risk_user_banned_from_posting', self.call('video_init', barred))
        self.expect('inbox_init', 403, 'spam_risk_user_banned_from_posting', self.call('inbox_init', barred))
        self.expect('video_init', 403, 'spam_risk_too_many_posts', self.call('video_init', capped))
        self.expect('video_init', 403, 'unaudited_client_can_only_post_to_private_accounts',
                    self.call('video_init', self.token(app=UNAUDITED)))
        self.expect('video_init', 403, 'unaudited_client_can_only_post_to_private_accounts',
                    self.call('video_init', self.token(app=SANDBOX), direct(PUBLIC)))
        self.expect('video_init', 403, 'privacy_level_option_mismatch',
                    self.call('video_init', open_, direct('FOLLOWER_OF_CREATOR')))
        self.expect('content_init', 403, 'spam_risk_user_banned_from_posting', self.call('content_init', barred))
        self.expect('content_init', 403, 'spam_risk_too_many_posts', self.call('content_init', capped))
        self.expect('content_init', 403, 'unaudited_client_can_only_post_to_private_accounts',
                    self.call('content_init', self.token(app=UNAUDITED)))
        self.expect('content_init', 403, 'privacy_level_option_mismatch',
                    self.call('content_init', open_, PHOTOS | {'post_info': {'privacy_level': 'FOLLOWER_OF_CREATOR'}}))
        for _ in range(5):
            self.publish(open_, VIDEO, draft=True)
        self.expect('inbox_init', 403, 'spam_risk_too_many_pending_share', self.call('inbox_init', open_))
        self.expect('content_init', 403, 'spam_risk_too_many_pending_share',
                    self.call('content_init', open_, PHOTOS | {'post_mode': 'MEDIA_UPLOAD'}))
        self.practice.creator('long.takes', app_old=True)
        self.expect('content_init', 400, 'app_version_check_failed',
                    self.call('content_init', self.token('long.takes'), PHOTOS | {'post_mode': 'MEDIA_UPLOAD'}))
        self.practice.creator('long.takes', app_old=False)

    def test_daily_users(self):
        self.practice.settings(active_user_cap=1)
        self.publish(self.token('slow.sam'), VIDEO)
        token = self.token('never.nia')
        self.expect('creator_info', 200, 'reached_active_user_cap', self.call('creator_info', token))
        self.expect('video_init', 403, 'reached_active_user_cap', self.call('video_init', token))
        self.expect('content_init', 403, 'reached_active_user_cap', self.call('content_init', token))
        self.practice.settings(active_user_cap=0)

    def test_addresses(self):
        token = self.token('linh.draws')
        for endpoint, body in (('video_init', direct(source=FROM_URL)), ('inbox_init', {'source_info': FROM_URL}),
                               ('content_init', PHOTOS)):
            self.expect(endpoint, 403, 'url_ownership_unverified', self.call(endpoint, token, body))

    def test_publish_ids(self):
        token, other = self.token('linh.draws'), self.token('long.takes')
        mine = self.init(token, 10).json()['data']['publish_id']
        for endpoint in ('status', 'cancel'):
            self.expect(endpoint, 400, 'invalid_publish_id', self.call(endpoint, token))
            self.expect(endpoint, 400, 'token_not_authorized_for_specified_publish_id',
                        self.call(endpoint, other, {'publish_id': mine}))
        self.expect('cancel', 400, 'publish_not_cancellable', self.call('cancel', token, {'publish_id': mine}))

    def test_oauth(self):
        exchange = {'grant_type': 'authorization_code', 'redirect_uri': LOOPBACK_REDIRECT}
        for status, code, form in ((400, 'invalid_grant', exchange | {'code': 'x'}),
                                   (400, 'invalid_grant', {'grant_type': 'refresh_token', 'refresh_token': 'x'}),
                                   (400, 'invalid_request', exchange), (200, 'invalid_request', {'client_key': ''}),
                                   (200, 'invalid_client', exchange | {'client_secret': 'x'}),
                                   (400, 'unsupported_grant_type', {'grant_type': 'password'})):
            self.expect('token', status, code, self.practice.token_request(DESKTOP, **form))
        self.practice.fault(endpoint='token', status=503, body={'error': 'temporarily_unavailable'})
        self.expect('token', 503, 'temporarily_unavailable', self.practice.token_request(DESKTOP, **exchange))
        for status, code, form in ((200, 'invalid_grant', {'token': 'x'}), (400, 'invalid_request', {}),
                                   (200, 'invalid_client', {'client_key': 'x'})):
            form = {'client_key': DESKTOP[0], 'client_secret': DESKTOP[1]} | form
            reply = request('POST', f'{self.practice.base}/v2/oauth/revoke/', urllib.parse.urlencode(form).encode(),
                            {'Content-Type': 'application/x-www-form-urlencoded'})
            self.expect('revoke', status, code, reply)


class Times(common.Case):
    """How long a post takes on its way."""

    def test_processing_by_size(self):
        self.practice.settings(rate_limits=False, validate_media=False, processing_base_ms=2000,
                               processing_ms_per_gb=100000000)
        token, waits = self.token(), []
        for size in (1000, 1000000):
            data = self.init(token, size).json()['data']
            self.practice.put(data['upload_url'], bytes(size), 0, size)
            post = self.practice.posts()[-1]
            waits.append((post['due'] - post['uploaded']) / 1e6)
        self.assertEqual(waits, [2.1, 102])
        self.assertEqual(self.status(token, data['publish_id'])['status'], 'PROCESSING_UPLOAD')
        self.practice.advance(100)
        self.assertEqual(self.status(token, data['publish_id'])['status'], 'PROCESSING_UPLOAD')
        self.practice.advance(3)
        self.assertEqual(self.status(token, data['publish_id'])['status'], 'PUBLISH_COMPLETE')

    def test_app_removed_while_processing(self):
        token = self.token('linh.draws')
        data = self.init(token, len(VIDEO), privacy_level=PUBLIC).json()['data']
        self.practice.put(data['upload_url'], VIDEO, 0, len(VIDEO))
        before = len(self.practice.ledger())
        self.practice.revoke('linh.draws', DESKTOP[0])
        self.practice.advance(60)
        again = self.token('linh.draws')
        self.assertEqual(self.status(again, data['publish_id'])['fail_reason'], 'auth_removed')
        self.assertEqual(len(self.practice.ledger()), before)


if __name__ == '__main__':
    common.main()
