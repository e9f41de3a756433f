# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Profiles, video lists and pictures."""

import common
from practice import request

USER_FIELDS = ('open_id,union_id,avatar_url,avatar_url_100,avatar_large_url,display_name,bio_description,'
               'profile_deep_link,is_verified,username,follower_count,following_count,likes_count,video_count')
VIDEO_FIELDS = ('id,create_time,cover_image_url,share_url,video_description,duration,height,width,title,embed_html,'
                'embed_link,like_count,comment_count,share_count,view_count,is_aigc')


class UserInfo(common.Case):
    def info(self, token, fields=USER_FIELDS):
        return self.practice.get(f'/v2/user/info/?fields={fields}', token)

    def test_all_fields(self):
        user = self.info(self.token()).json()['data']['user']
        self.assertEqual(set(user), set(USER_FIELDS.split(',')))
        self.assertEqual((user['username'], user['display_name']), ('mara.bakes', 'Mara Bakes'))
        self.assertEqual(user['video_count'], 163)
        self.assertGreaterEqual(user['follower_count'], 18342)

    def test_only_what_is_asked_for(self):
        self.assertEqual(list(self.info(self.token(), 'username').json()['data']['user']), ['username'])

    def test_fields(self):
        token = self.token()
        self.assert_recorded(self.practice.get('/v2/user/info/', token), 400, 'user_info_err_no_fields')
        self.assert_recorded(self.info(token, 'open_id,non_existent_field'), 400, 'user_info_err_bad_field')
        self.assert_error(self.info(token, 'profile_web_link'), 400, 'invalid_params')
        self.practice.settings(singular_invalid_param=True)
        self.assert_error(self.info(token, 'x'), 400, 'invalid_param')
        self.practice.settings(singular_invalid_param=False)

    def test_token(self):
        self.assert_recorded(self.info('act.nothing'), 401, 'err_access_token_invalid')
        self.assert_recorded(request('GET', f'{self.practice.base}/v2/user/info/?fields=open_id'), 401,
                             'err_access_token_invalid')

    def test_missing_scope_in_three_ways(self):
        token = self.token(scope='user.info.basic')
        self.assert_recorded(self.info(token, 'open_id,follower_count'), 401, 'err_scope_not_authorized')
        self.practice.settings(missing_scope_fields='scope_permission_missed')
        self.assert_error(self.info(token, 'open_id,follower_count'), 400, 'scope_permission_missed')
        self.practice.settings(missing_scope_fields='empty')
        self.assertEqual(list(self.info(token, 'open_id,follower_count').json()['data']['user']), ['open_id'])
        self.practice.settings(missing_scope_fields='scope_not_authorized')

    def test_ids(self):
        ids = set()
        for name in ('mara.bakes', 'tomas.rides'):
            for app in (('practice-desktop', 'practice-secret'), ('practice-unaudited', 'practice-unaudited-secret')):
                user = self.info(self.token(name, app=app), 'open_id,union_id').json()['data']['user']
                self.assertRegex(user['open_id'], '^[-_]000[A-Za-z0-9]{32}$')
                self.assertRegex(user['union_id'], '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
                ids.add((user['open_id'], user['union_id']))
        self.assertEqual((len(ids), len({union for _, union in ids})), (4, 2))

    def test_numbers_only_grow(self):
        token = self.token('linh.draws')
        fields = 'follower_count,likes_count'
        first = before = self.info(token, fields).json()['data']['user']
        for _ in range(40):
            self.practice.advance(97)
            after = self.info(token, fields).json()['data']['user']
            self.assertGreaterEqual(after['follower_count'], before['follower_count'])
            self.assertGreaterEqual(after['likes_count'], before['likes_count'])
            before = after
        self.assertGreater(after['likes_count'], first['likes_count'])

    def test_rate_limit(self):
        token = self.token('short.stories')
        statuses = [self.info(token, 'open_id').status for _ in range(601)]
        self.assertEqual((statuses[:600].count(200), statuses[600]), (600, 429))
        self.assert_error(self.info(token, 'open_id'), 429, 'rate_limit_exceeded')
        self.practice.advance(61)
        self.assertEqual(self.info(token, 'open_id').status, 200)

    def test_method_and_path(self):
        token = self.token()
        self.assertEqual(self.practice.post('/v2/user/info/?fields=open_id', token).status, 405)
        self.assertEqual(self.practice.get('/v2/user/info?fields=open_id', token).status, 404)


class Videos(common.Case):
    def page(self, token, body=None, fields='id,create_time'):
        return self.practice.post(f'/v2/video/list/?fields={fields}', token, body)

    def test_whole_list(self):
        token = self.token()
        ids, cursor, times = [], None, []
        while True:
            data = self.page(token, {'max_count': 20} | ({'cursor': cursor} if cursor else {})).json()['data']
            ids += [video['id'] for video in data['videos']]
            times += [video['create_time'] for video in data['videos']]
            if cursor is not None:
                self.assertLess(data['cursor'], cursor)
            cursor = data['cursor']
            if not data['has_more']:
                break
        self.assertEqual((len(ids), len(set(ids))), (163, 163))
        self.assertEqual(times, sorted(times, reverse=True))
        self.assertTrue(all(isinstance(video, str) and len(video) == 19 for video in ids))

    def test_default_is_ten(self):
        self.assertEqual(len(self.page(self.token()).json()['data']['videos']), 10)

    def test_all_fields(self):
        video = self.page(self.token(), {'max_count': 1}, VIDEO_FIELDS).json()['data']['videos'][0]
        self.assertEqual(set(video), set(VIDEO_FIELDS.split(',')))
        self.assertIn('utm_source=practice-desktop', video['share_url'])
        self.assertEqual(request('GET', video['share_url']).status, 200)

    def test_no_videos_and_ten_thousand(self):
        empty = self.page(self.token('new.nora')).json()['data']
        self.assertEqual((empty['videos'], empty['has_more']), ([], False))
        token = self.token('archive.ali')
        self.assertEqual(self.practice.get('/v2/user/info/?fields=video_count', token).json()['data']['user'],
                         {'video_count': 10000})
        self.assertTrue(self.page(token, {'max_count': 20}).json()['data']['has_more'])

    def test_refusals(self):
        token = self.token()
        self.assert_recorded(self.practice.post('/v2/video/list/', token), 400, 'user_info_err_no_fields')
        self.assert_recorded(self.page(token, fields='non_existent_field'), 400, 'user_info_err_bad_field')
        for body in ({'max_count': 21}, {'max_count': 0}, {'max_count': '5'}, {'cursor': 'x'}, {'cursor': -1},
                     {'cursor': 1.5}, {'cursor': []}, {'max_count': {}}):
            with self.subTest(body):
                self.assert_error(self.page(token, body), 400, 'invalid_params')
        self.assert_recorded(self.page(self.token('tomas.rides', scope='user.info.basic')), 401,
                             'err_scope_not_authorized')

    def test_content_type_and_body(self):
        url = f'{self.practice.base}/v2/video/list/?fields=id'
        authorization = {'Authorization': f'Bearer {self.token()}'}
        for kind, body in (('text/plain', b'{}'), ('application/x-www-form-urlencoded', b'max_count=2'),
                           ('application/json', b'[]'), ('application/json', b'{'), ('application/json', b'\xff\xfe'),
                           ('application/json', b'"x"'), ('application/json', b'[' * 100000)):
            with self.subTest((kind, body[:20])):
                reply = request('POST', url, body, authorization | {'Content-Type': kind})
                self.assert_error(reply, 400, 'invalid_params')

    def test_query(self):
        token, other = self.token(), self.token('linh.draws')
        ids = [video['id'] for video in self.page(token, {'max_count': 3}).json()['data']['videos']]
        foreign = self.page(other, {'max_count': 1}).json()['data']['videos'][0]['id']
        path = '/v2/video/query/?fields=id,view_count'
        found = self.practice.post(path, token, {'filters': {'video_ids': ids + [foreign, '1', 'x']}}).json()['data']
        self.assertEqual([video['id'] for video in found['videos']], ids)
        for filters in (None, {}, {'video_ids': []}, {'video_ids': [1]}, {'video_ids': ['1'] * 21}, {'video_ids': 'x'}):
            with self.subTest(filters):
                self.assert_error(self.practice.post(path, token, {'filters': filters}), 400, 'invalid_params')
        self.assert_recorded(self.practice.post('/v2/video/query/', token), 400, 'user_info_err_no_fields')

    def test_views_grow(self):
        token = self.token()
        ids = [video['id'] for video in self.page(token).json()['data']['videos']]

        def views():
            answer = self.practice.post('/v2/video/query/?fields=id,view_count,like_count', token,
                                        {'filters': {'video_ids': ids}}).json()['data']['videos']
            return [video['view_count'] for video in answer] + [video['like_count'] for video in answer]

        before = views()
        self.practice.advance(86400)
        token = self.token()
        after = views()
        self.assertTrue(all(a >= b for a, b in zip(after, before)))
        self.assertGreater(sum(after), sum(before))


class Pictures(common.Case):
    def check(self, url, width, height, lifetime):
        picture = request('GET', url)
        self.assertEqual((picture.status, picture.headers['Content-Type']), (200, 'image/png'))
        self.assertEqual(picture.body[:8], b'\x89PNG\r\n\x1a\n')
        self.assertEqual((int.from_bytes(picture.body[16:20]), int.from_bytes(picture.body[20:24])), (width, height))
        self.assertEqual(request('GET', url).body, picture.body)
        self.assertEqual(request('GET', url[:-1] + ('1' if url[-1] == '0' else '0')).status, 403)
        self.practice.advance(lifetime)
        self.assertEqual(request('GET', url).status, 403)

    def test_avatar(self):
        user = self.practice.get('/v2/user/info/?fields=avatar_url_100', self.token()).json()['data']['user']
        self.check(user['avatar_url_100'], 100, 100, 2 * 3600)

    def test_cover(self):
        answer = self.practice.post('/v2/video/list/?fields=cover_image_url', self.token())
        self.check(answer.json()['data']['videos'][0]['cover_image_url'], 270, 480, 6 * 3600)


if __name__ == '__main__':
    common.main()
