# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Publishing: who may, what is refused, and what becomes of a post."""

import hashlib

import common
from practice import SANDBOX, UNAUDITED, request

PUBLIC = 'PUBLIC_TO_EVERYONE'
VIDEO = common.make_mp4()


class CreatorInfo(common.Case):
    def info(self, username, **options):
        return self.practice.post('/v2/post/publish/creator_info/query/', self.token(username, **options))

    def test_public_account(self):
        reply = request('POST', f'{self.practice.base}/v2/post/publish/creator_info/query/', None,
                        {'Authorization': f'Bearer {self.token()}'})
        data = reply.json()['data']
        self.assertTrue(data.pop('creator_avatar_url').startswith(self.practice.base))
        self.assertEqual(data, {
            'creator_username': 'mara.bakes', 'creator_nickname': 'Mara Bakes',
            'privacy_level_options': [PUBLIC, 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'], 'comment_disabled': False,
            'duet_disabled': False, 'stitch_disabled': True, 'max_video_post_duration_sec': 300})

    def test_private_account(self):
        data = self.info('tomas.rides').json()['data']
        self.assertEqual(data['privacy_level_options'], ['FOLLOWER_OF_CREATOR', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'])
        self.assertTrue(data['duet_disabled'] and data['stitch_disabled'])

    def test_durations(self):
        for name, seconds in (('short.stories', 60), ('long.takes', 600)):
            self.assertEqual(self.info(name).json()['data']['max_video_post_duration_sec'], seconds)

    def test_refusals_with_200(self):
        self.assert_error(self.info('barred.bo'), 200, 'spam_risk_user_banned_from_posting')
        self.assert_error(self.info('capped.cleo'), 200, 'spam_risk_too_many_posts')

    def test_scope_and_limit(self):
        self.assert_recorded(self.info('mara.bakes', scope='user.info.basic,video.upload'), 401,
                             'err_scope_not_authorized')
        statuses = [self.info('linh.draws').status for _ in range(21)]
        self.assertEqual(statuses, [200] * 20 + [429])


class Init(common.Case):
    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)
        self.addCleanup(self.practice.settings, rate_limits=True)

    def test_answer(self):
        data = self.init(self.token(), 1000).json()['data']
        self.assertRegex(data['publish_id'], r'^v_pub_file~v2-1\.[0-9]{19}$')
        self.assertLessEqual(len(data['publish_id']), 64)
        self.assertLessEqual(len(data['upload_url']), 256)
        self.assertNotIn(self.practice.base, data['upload_url'])
        draft = self.init(self.token(), 1000, draft=True).json()['data']
        self.assertRegex(draft['publish_id'], r'^v_inbox_file~v2\.[0-9]{19}$')

    def test_recorded_chunk_plans(self):
        token = self.token()
        for size, chunk, count, expected, *_ in common.recorded('chunk_plans')['rows']:
            for draft in (False, True):
                with self.subTest((size, chunk, count, draft)):
                    reply = self.init(token, size, chunk=chunk, count=count, draft=draft)
                    if expected == 'ok':
                        self.assertEqual(reply.status, 200, reply)
                    else:
                        self.assert_error(reply, 400, 'invalid_params', expected)

    def test_documented_chunk_plans(self):
        token = self.token()
        for size, chunk, count in ((1, 1, 1), (4194304, 4194304, 1), (5000000, 5000000, 1), (50000123, 50000123, 1),
                                   (50000123, 10000000, 5), (64000000, 64000000, 1), (64000001, 10000000, 6),
                                   (66259900, 10000000, 6), (121000000, 10000000, 12), (150000000, 10000000, 15),
                                   (4000000000, 10000000, 400)):
            with self.subTest((size, chunk, count)):
                self.assertEqual(self.init(token, size, chunk=chunk, count=count).status, 200)

    def test_bad_numbers(self):
        token = self.token()
        for size, chunk, count, message in (
                (0, 1, 1, 'The video size is invalid'), (-5, 5, 1, 'The video size is invalid'),
                (2**62, 64000000, 1000, 'The video size is invalid'), (4 * 2**30 + 1, 10000000, 429,
                                                                     'The video size is invalid'),
                (10, -1, 1, 'The chunk size is invalid'), ('10', 10, 1, 'The video size is invalid'),
                (10, 10.5, 1, 'The chunk size is invalid'), (10, 10, None, 'The total chunk count is invalid'),
                (20000000, 4999999, 4, 'The chunk size is invalid'),
                (200000000, 67108865, 2, 'The chunk size is invalid'),
                (10, 10, 0, 'The total chunk count is invalid')):
            with self.subTest((size, chunk, count)):
                body = {'source_info': {'source': 'FILE_UPLOAD', 'video_size': size, 'chunk_size': chunk,
                                        'total_chunk_count': count}}
                reply = self.practice.post('/v2/post/publish/inbox/video/init/', token, body)
                self.assert_error(reply, 400, 'invalid_params', message)

    def test_caption_in_utf16_units(self):
        token = self.token()
        for title, status in (('a' * 2200, 200), ('a' * 2201, 400), ('🐈' * 1100, 200), ('🐈' * 1100 + 'a', 400),
                              ('é' * 2200, 200), ('', 200), (5, 400)):
            with self.subTest(title if isinstance(title, int) else title[:1]):
                self.assertEqual(self.init(token, 10, title=title).status, status)

    def test_privacy_level(self):
        for name, level, ok in (('mara.bakes', PUBLIC, True), ('mara.bakes', 'FOLLOWER_OF_CREATOR', False),
                                ('tomas.rides', PUBLIC, False), ('tomas.rides', 'FOLLOWER_OF_CREATOR', True),
                                ('mara.bakes', None, False), ('mara.bakes', 'public', False), ('mara.bakes', 7, False)):
            with self.subTest((name, level)):
                reply = self.init(self.token(name), 10, privacy_level=level)
                if ok:
                    self.assertEqual(reply.status, 200, reply)
                else:
                    self.assert_error(reply, 403, 'privacy_level_option_mismatch')

    def test_wrong_types(self):
        token = self.token()
        for member in ('disable_duet', 'disable_stitch', 'disable_comment', 'brand_content_toggle',
                       'brand_organic_toggle', 'is_aigc', 'video_cover_timestamp_ms'):
            with self.subTest(member):
                self.assert_error(self.init(token, 10, **{member: 'yes'}), 400, 'invalid_params')
        path = '/v2/post/publish/video/init/'
        for body in ({}, {'post_info': []}, {'post_info': {'privacy_level': 'SELF_ONLY'}},
                     {'post_info': {'privacy_level': 'SELF_ONLY'}, 'source_info': 3},
                     {'post_info': {'privacy_level': 'SELF_ONLY'}, 'source_info': {'source': 'DISK'}}):
            with self.subTest(body):
                self.assert_error(self.practice.post(path, token, body), 400, 'invalid_params')

    def test_switches(self):
        token = self.token()
        self.assertEqual(self.init(token, 10, brand_content_toggle=None, brand_organic_toggle=None).status, 200)
        self.assertEqual(self.init(token, 10, brand_content_toggle=True).status, 200)
        self.practice.settings(strict_brand_toggles=True, strict_private_branded=True)
        self.addCleanup(self.practice.settings, strict_brand_toggles=False, strict_private_branded=False)
        body = {'post_info': {'privacy_level': 'SELF_ONLY'}, 'source_info': {
            'source': 'FILE_UPLOAD', 'video_size': 1, 'chunk_size': 1, 'total_chunk_count': 1}}
        self.assert_error(self.practice.post('/v2/post/publish/video/init/', token, body), 400, 'invalid_params')
        self.assert_error(self.init(token, 10, brand_content_toggle=True), 400, 'invalid_params')

    def test_pull_from_url(self):
        body = {'source_info': {'source': 'PULL_FROM_URL', 'video_url': 'https://media.example.org/a.mp4'}}
        reply = self.practice.post('/v2/post/publish/inbox/video/init/', self.token(), body)
        self.assert_recorded(reply, 403, 'video_init_err_url_unverified')

    def test_photos(self):
        token = self.token()
        body = {'media_type': 'PHOTO', 'post_mode': 'DIRECT_POST', 'post_info': {'privacy_level': 'SELF_ONLY'},
                'source_info': {'source': 'PULL_FROM_URL', 'photo_images': ['https://media.example.org/1.jpg'],
                                'photo_cover_index': 0}}
        path = '/v2/post/publish/content/init/'
        self.assert_recorded(self.practice.post(path, token, body), 403, 'video_init_err_url_unverified')
        local = body | {'source_info': {'source': 'FILE_UPLOAD'}}
        self.assert_error(self.practice.post(path, token, local), 400, 'invalid_params',
                          'The request source info is empty or incorrect')
        self.assert_error(self.practice.post(path, token, body | {'post_mode': 'DIRECT POST'}), 400, 'invalid_params')
        self.assert_error(self.practice.post(path, token, body | {'media_type': 'VIDEO'}), 400, 'invalid_params')
        source = body['source_info']
        for wrong in (source | {'photo_images': []}, source | {'photo_images': ['https://x.example/'] * 36},
                      source | {'photo_images': [1]}, source | {'photo_cover_index': 1}, source | {'photo_cover_index': 'x'},
                      source | {'photo_cover_index': -1}):
            self.assert_error(self.practice.post(path, token, body | {'source_info': wrong}), 400, 'invalid_params')
        info = body['post_info']
        for wrong in (info | {'title': '🐈' * 46}, info | {'description': 'a' * 4001}, info | {'auto_add_music': 1}, []):
            self.assert_error(self.practice.post(path, token, body | {'post_info': wrong}), 400, 'invalid_params')
        self.assert_error(self.practice.post(path, token, body | {'is_aigc': 'no'}), 400, 'invalid_params')
        fitting = body | {'post_info': info | {'title': '🐈' * 45, 'description': 'a' * 4000}}
        self.assert_recorded(self.practice.post(path, token, fitting), 403, 'video_init_err_url_unverified')
        upload_only = self.token('linh.draws', scope='user.info.basic,video.upload')
        self.assert_error(self.practice.post(path, upload_only, body), 401, 'scope_not_authorized')
        draft = {name: value for name, value in body.items() if name != 'post_info'} | {'post_mode': 'MEDIA_UPLOAD'}
        self.assert_recorded(self.practice.post(path, upload_only, draft), 403, 'video_init_err_url_unverified')

    def test_each_endpoint_wants_its_own_scope(self):
        publish = self.token('linh.draws', scope='user.info.basic,video.publish')
        upload = self.token('linh.draws', scope='user.info.basic,video.upload')
        self.assert_recorded(self.init(publish, 10, draft=True), 401, 'err_scope_not_authorized')
        self.assert_recorded(self.init(upload, 10), 401, 'err_scope_not_authorized')
        self.assertEqual(self.init(upload, 10, draft=True).status, 200)

    def test_rate_limit(self):
        self.practice.settings(rate_limits=True)
        token = self.token('long.takes')
        self.assertEqual([self.init(token, 10).status for _ in range(7)], [200] * 6 + [429])
        self.assertEqual(self.init(token, 10, draft=True).status, 200, 'the limits are one each')


class Caps(common.Case):
    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)

    def test_barred_and_capped(self):
        barred = self.token('barred.bo')
        self.assert_error(self.init(barred, 10), 403, 'spam_risk_user_banned_from_posting')
        self.assert_error(self.init(barred, 10, draft=True), 403, 'spam_risk_user_banned_from_posting')
        self.assert_error(self.init(self.token('capped.cleo'), 10), 403, 'spam_risk_too_many_posts')

    def test_daily_posts_of_all_clients(self):
        self.practice.creator('long.takes', daily_posts=2)
        token, web = self.token('long.takes'), self.token('long.takes', app=('practice-web', 'practice-web-secret'))
        self.init(token, 10)
        self.publish(token, VIDEO)
        self.publish(web, VIDEO)
        self.assert_error(self.init(token, 10), 403, 'spam_risk_too_many_posts')
        self.practice.advance(86400)
        self.assertEqual(self.init(self.token('long.takes'), 10).status, 200)

    def test_five_pending_drafts(self):
        token = self.token('linh.draws')
        for _ in range(5):
            self.publish(token, VIDEO, draft=True)
        self.assert_error(self.init(token, 10, draft=True), 403, 'spam_risk_too_many_pending_share')
        self.assertEqual(self.init(token, 10).status, 200, 'direct posts do not mind')
        self.practice.finish_draft('linh.draws')
        self.assertEqual(self.init(token, 10, draft=True).status, 200)

    def test_unaudited_app(self):
        public, private = self.token(app=UNAUDITED), self.token('tomas.rides', app=UNAUDITED)
        self.assert_recorded(self.init(public, 10), 403, 'video_init_err_unaudited')
        self.assert_recorded(self.init(private, 10, privacy_level='FOLLOWER_OF_CREATOR'), 403,
                             'video_init_err_unaudited')
        self.assertEqual(self.init(private, 10).status, 200)
        self.assertEqual(self.init(public, 10, draft=True).status, 200, 'drafts work')
        self.practice.creator('mara.bakes', private=True)
        self.assertEqual(self.init(public, 10).status, 200)
        self.practice.creator('mara.bakes', private=False)

    def test_five_users_a_day(self):
        names = ('mara.bakes', 'tomas.rides', 'linh.draws', 'short.stories', 'long.takes', 'new.nora')
        tokens = []
        for name in names:
            self.practice.creator(name, private=True, daily_posts=15)
            tokens.append(self.token(name, app=UNAUDITED))
        for token in tokens[:5]:
            self.publish(token, VIDEO)
        self.assert_error(self.init(tokens[5], 10), 403, 'reached_active_user_cap')
        reply = self.practice.post('/v2/post/publish/creator_info/query/', tokens[5])
        self.assert_error(reply, 200, 'reached_active_user_cap')
        self.assertEqual(self.init(tokens[0], 10).status, 200)
        for name in names:
            self.practice.creator(name, private=name == 'tomas.rides')

    def test_sandbox_posts_nothing_public(self):
        token = self.token(app=SANDBOX)
        self.assert_recorded(self.init(token, 10, privacy_level=PUBLIC), 403, 'video_init_err_unaudited')
        self.assertEqual(self.init(token, 10).status, 200)
        self.practice.settings(strict_sandbox_private=True)
        self.assert_recorded(self.init(token, 10), 403, 'video_init_err_unaudited')
        self.practice.settings(strict_sandbox_private=False)


class Life(common.Case):
    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)

    def newest(self, token):
        answer = self.practice.post('/v2/video/list/?fields=id,title,duration,width,view_count', token, {'max_count': 1})
        return answer.json()['data']['videos'][0]

    def test_public_post(self):
        token = self.token()
        reply = self.init(token, len(VIDEO), title='Rye bread #baking', privacy_level=PUBLIC, disable_duet=True)
        data = reply.json()['data']
        self.assertEqual(self.status(token, data['publish_id']), {'status': 'PROCESSING_UPLOAD', 'uploaded_bytes': 0})
        self.practice.put(data['upload_url'], VIDEO, 0, len(VIDEO))
        self.assertEqual(self.status(token, data['publish_id']),
                         {'status': 'PROCESSING_UPLOAD', 'uploaded_bytes': len(VIDEO)})
        self.practice.advance(2)
        done = self.status(token, data['publish_id'])
        self.assertEqual(done['status'], 'PUBLISH_COMPLETE')
        self.assertIsInstance(done['publicaly_available_post_id'][0], int)
        self.assertEqual(len(str(done['publicaly_available_post_id'][0])), 19)
        video = self.newest(token)
        self.assertEqual((video['id'], video['title'], video['duration'], video['width']),
                         (str(done['publicaly_available_post_id'][0]), 'Rye bread #baking', 10, 720))
        # The first viewers may have come already.
        self.assertLess(video['view_count'], 10)
        self.practice.advance(3600)
        self.assertGreater(self.newest(token)['view_count'], 0)
        entry = self.practice.ledger()[-1]
        self.assertEqual((entry['kind'], entry['caption'], entry['privacy_level'], entry['bytes'], entry['chunks']),
                         ('direct', 'Rye bread #baking', PUBLIC, len(VIDEO), 1))
        self.assertEqual(entry['sha256'], hashlib.sha256(VIDEO).hexdigest())
        self.assertEqual(entry['options'], {
            'allow_comment': True, 'allow_duet': False, 'allow_stitch': False, 'brand_content': False,
            'brand_organic': False, 'is_aigc': False, 'video_cover_timestamp_ms': 0})

    def test_private_post_has_no_id(self):
        token = self.token()
        done = self.status(token, self.publish(token, VIDEO))
        self.assertEqual(done, {'status': 'PUBLISH_COMPLETE', 'uploaded_bytes': len(VIDEO)})
        options = self.practice.ledger()[-1]['options']
        self.assertEqual((options['allow_duet'], options['allow_stitch']), (True, False), 'her account rules')
        for way, value in (('empty', []), ('null', None)):
            self.practice.settings(missing_post_id=way)
            self.assertEqual(self.status(token, self.publish(token, VIDEO))['publicaly_available_post_id'], value)
        self.practice.settings(missing_post_id='absent')

    def test_ids_as_strings(self):
        token = self.token('long.takes')
        publish_id = self.publish(token, VIDEO, privacy_level=PUBLIC)
        self.practice.settings(post_ids_as_strings=True)
        self.assertIsInstance(self.status(token, publish_id)['publicaly_available_post_id'][0], str)
        self.practice.settings(post_ids_as_strings=False)

    def test_moderation(self):
        slow, never = self.token('slow.sam'), self.token('never.nia')
        waiting, hidden = (self.publish(token, VIDEO, title='New', privacy_level=PUBLIC) for token in (slow, never))
        self.assertNotIn('publicaly_available_post_id', self.status(slow, waiting))
        self.assertNotEqual(self.newest(slow)['title'], 'New')
        self.practice.advance(200)
        self.assertEqual(len(self.status(slow, waiting)['publicaly_available_post_id']), 1)
        self.assertEqual(self.newest(slow)['title'], 'New')
        self.practice.advance(7000)
        never = self.token('never.nia')
        self.assertNotIn('publicaly_available_post_id', self.status(never, hidden))
        self.assertEqual(self.newest(never)['title'], 'New', 'the list knows it all the same')

    def test_draft(self):
        token = self.token('short.stories')
        publish_id = self.publish(token, VIDEO, draft=True)
        self.assertEqual(self.status(token, publish_id)['status'], 'SEND_TO_USER_INBOX')
        entry = self.practice.ledger()[-1]
        self.assertEqual((entry['kind'], 'caption' in entry), ('draft', False))
        self.practice.finish_draft('short.stories', publish_id=publish_id, caption='Mine now', privacy_level=PUBLIC)
        self.practice.finish_draft('short.stories', publish_id=publish_id, caption='Twice', privacy_level=PUBLIC)
        done = self.status(token, publish_id)
        self.assertEqual((done['status'], len(set(done['publicaly_available_post_id']))), ('PUBLISH_COMPLETE', 2))
        self.assertEqual([entry['caption'] for entry in self.practice.ledger()[-2:]], ['Mine now', 'Twice'])

    def test_fail_reasons(self):
        token = self.token('short.stories')
        moov = VIDEO.index(b'moov')
        cases = {
            'file_format_check_failed': [b'not a video', VIDEO[:-1], VIDEO[:moov + 40],
                                         common.make_mp4(codec=b'mp4v'), common.make_mp4().replace(b'vide', b'soun'),
                                         b'\x00\x00\x00\x08ftyp' + b'\xff' * 500, b'\x1a\x45\xdf\xa3' + b'\x00' * 99],
            'duration_check_failed': [common.make_mp4(seconds=61)],
            'frame_rate_check_failed': [common.make_mp4(rate=15), common.make_mp4(rate=120)],
            'picture_size_check_failed': [common.make_mp4(width=240), common.make_mp4(height=4098)],
        }
        for reason, videos in cases.items():
            for video in videos:
                with self.subTest((reason, video[:12])):
                    done = self.status(token, self.publish(token, video))
                    self.assertEqual(done, {'status': 'FAILED', 'fail_reason': reason,
                                            'publicaly_available_post_id': [], 'uploaded_bytes': len(video)})
        self.practice.settings(validate_media=False)
        self.assertEqual(self.status(token, self.publish(token, b'anything'))['status'], 'PUBLISH_COMPLETE')
        self.practice.settings(validate_media=True)
        for reason in ('spam_risk_text', 'spam_risk', 'internal'):
            self.practice.creator('short.stories', next_fail_reason=reason)
            self.assertEqual(self.status(token, self.publish(token, VIDEO))['fail_reason'], reason)
        self.assertEqual(self.status(token, self.publish(token, VIDEO))['status'], 'PUBLISH_COMPLETE')

    def test_drafts_may_be_longer_than_direct_posts(self):
        token = self.token('tomas.rides')
        long = common.make_mp4(seconds=500)
        self.assertEqual(self.status(token, self.publish(token, long))['fail_reason'], 'duration_check_failed')
        self.assertEqual(self.status(token, self.publish(token, long, draft=True))['status'], 'SEND_TO_USER_INBOX')

    def test_app_removed_meanwhile(self):
        token = self.token('tomas.rides')
        data = self.init(token, len(VIDEO)).json()['data']
        self.practice.revoke('tomas.rides')
        self.assertEqual(self.practice.put(data['upload_url'], VIDEO, 0, len(VIDEO)).status, 404)
        token = self.token('tomas.rides')
        self.assertEqual(self.status(token, data['publish_id'])['fail_reason'], 'auth_removed')

    def test_status_and_cancel_errors(self):
        token, other = self.token(), self.token('linh.draws')
        mine = self.init(token, 10).json()['data']['publish_id']
        for path in ('status/fetch/', 'cancel/'):
            path = '/v2/post/publish/' + path
            reply = self.practice.post(path, token, {'publish_id': 'v_pub_file~v2-1.1'})
            self.assert_error(reply, 400, 'invalid_publish_id', 'The publish id does not exist.')
            reply = self.practice.post(path, other, {'publish_id': mine})
            self.assert_error(reply, 400, 'token_not_authorized_for_specified_publish_id')
            self.assert_error(self.practice.post(path, token, {'publish_id': 5}), 400, 'invalid_params')
            self.assert_error(self.practice.post(path, 'x', {'publish_id': mine}), 401, 'access_token_invalid')
            basic = self.token(scope='user.info.basic')
            self.assert_recorded(self.practice.post(path, basic, {'publish_id': mine}), 401, 'err_scope_not_authorized')
        reply = self.practice.post('/v2/post/publish/cancel/', token, {'publish_id': mine})
        self.assert_error(reply, 400, 'publish_not_cancellable')
        self.practice.settings(rate_limits=True)
        statuses = [self.practice.post('/v2/post/publish/status/fetch/', other, {'publish_id': mine}).status
                    for _ in range(31)]
        self.practice.settings(rate_limits=False)
        self.assertEqual(statuses, [400] * 30 + [429])


if __name__ == '__main__':
    common.main()
