# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to take a video in and to send it: beside sha256sum and cp, and beside curl."""

import os
import subprocess
import time

import process
import tls
from stage import FACTS, Stage, now_us
from table import note, row
from videos import fill_up

QUICK = bool(os.environ.get('BENCH_QUICK'))
GB = 200_000_000 if QUICK else 1_000_000_000
CHUNK = 10_000_000
ROUNDS = 3
PEER_CREATOR = 'tomas.rides'


def make_video(stage, size=GB):
    return fill_up(stage.world.video('large.mp4', seconds=FACTS['duration_us'] // 1_000_000), size)


def upload_by_agent(stage, media, caption):
    """Publishes @media; returns the agent's CPU seconds and the seconds from init to the last byte."""
    due = now_us() + 1_500_000
    stage.add_post(media, due, caption)
    time.sleep((due - now_us()) / 1e6 - 0.2)
    before = process.cpu_s(stage.pid)
    while True:
        time.sleep(0.1)
        for post in stage.server.posts():
            if (post['post_info'] or {}).get('title') == caption and post['uploaded'] > 0:
                return process.cpu_s(stage.pid) - before, (post['uploaded'] - post['begun']) / 1e6


class Curl:
    """The same bytes in the same ranges by one curl process, which keeps its connection. It cannot send a range of a
    file, so each chunk is a file: it reads as much and from the same cache as the agent does."""

    def __init__(self, stage, video):
        self.stage = stage
        self.size = os.path.getsize(video)
        assert self.size % CHUNK == 0
        self.folder = os.path.join(stage.place, 'chunks')
        os.makedirs(self.folder)
        subprocess.run(['split', '-a', '4', '-b', str(CHUNK), video, os.path.join(self.folder, '')], check=True)
        self.chunks = sorted(os.listdir(self.folder))
        self.token = stage.server.sign_in(PEER_CREATOR)['access_token']

    def init(self):
        reply = self.stage.server.post('/v2/post/publish/video/init/', self.token, {
            'post_info': {'title': 'curl', 'privacy_level': 'SELF_ONLY', 'disable_comment': True, 'disable_duet': True,
                          'disable_stitch': True},
            'source_info': {'source': 'FILE_UPLOAD', 'video_size': self.size, 'chunk_size': CHUNK,
                            'total_chunk_count': len(self.chunks)}})
        if reply.status != 200:
            raise RuntimeError(f'init: {reply!r}')
        return reply.json()['data']['upload_url']

    def upload(self):
        url = self.init()
        config = os.path.join(self.stage.place, 'curl.conf')
        parts = [f'url = "{url}"\nupload-file = "{os.path.join(self.folder, name)}"\n'
                 'header = "Content-Type: video/mp4"\n'
                 f'header = "Content-Range: bytes {i * CHUNK}-{(i + 1) * CHUNK - 1}/{self.size}"\nheader = "Expect:"\n'
                 f'http1.1\nfail\nsilent\noutput = "/dev/null"\n' for i, name in enumerate(self.chunks)]
        with open(config, 'w', encoding='utf-8') as file:
            file.write('next\n'.join(parts))
        return process.Finished(['curl', '-q', '-K', config])


def measure_upload():
    kind = 'TLS' if tls.state() else 'plain HTTP'
    with Stage(('mara.bakes', PEER_CREATOR), tls_state=tls.state()) as stage:
        video = make_video(stage)
        curl = Curl(stage, video)
        media = stage.import_video(video)
        os.unlink(video)
        ours, walls, peer, peer_walls = [], [], [], []
        for n in range(ROUNDS):
            cpu, wall = upload_by_agent(stage, media, f'round {n}')
            ours.append(cpu / (GB / 1e9))
            walls.append(GB / 1e6 / wall)
            # The agent asks for the status after 5 s; that is not to fall into curl's time.
            stage.wait_published([f'round {n}'], 30)
            done = curl.upload()
            peer.append(done.cpu_s / (GB / 1e9))
            peer_walls.append(GB / 1e6 / done.wall_s)
    budget = '≤ 1.2 × curl' if tls.state() else '≤ 3 × curl'
    row(f'upload, {kind}: CPU', ours, 's/GB', peer, 'curl, same ranges', budget)
    row(f'upload, {kind}: speed', walls, 'MB/s', peer_walls, 'curl', '', 0)
    if not tls.state():
        measure_upload_tls()


def measure_upload_tls():
    if tls.is_possible():
        tls.rerun('upload')
    else:
        note('upload over TLS: left out, peal-practice has no --tls here')


def measure_digest():
    size = GB // 2
    ours, user, peer, peer_user = [], [], [], []
    with Stage() as stage:
        video = make_video(stage, size)
        for _ in range(ROUNDS):
            before, user_before = process.cpu_s(stage.pid), process.user_s(stage.pid)
            stage.import_video(video)
            ours.append((process.cpu_s(stage.pid) - before) / (size / 1e9))
            user.append((process.user_s(stage.pid) - user_before) / (size / 1e9))
            with open(os.devnull, 'wb') as nowhere:
                summed = process.Finished(['sha256sum', video], stdout=nowhere)
            copied = process.Finished(['cp', '--reflink=auto', video, os.path.join(stage.place, 'copy')])
            os.unlink(os.path.join(stage.place, 'copy'))
            peer.append((summed.cpu_s + copied.cpu_s) / (size / 1e9))
            peer_user.append(summed.user_s / (size / 1e9))
    row('digest while importing: user CPU', user, 's/GB', peer_user, 'sha256sum')
    row('import whole (copy and digest): CPU', ours, 's/GB', peer, 'cp + sha256sum')
