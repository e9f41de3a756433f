# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""browser.py ADDRESS: a browser and the user in front of it, in a Desktop's world. Does on TikTok's page what
Desktop.answer_consent told, and writes down which address it was sent to."""

import json
import os
import sys

from world import answer_consent


def main():
    # TMPDIR is the world's folder.
    place, address = os.environ['TMPDIR'], sys.argv[1]
    with open(os.path.join(place, 'browser.json'), encoding='utf-8') as file:
        user = json.load(file)
    if user['answer'] != 'never' and '/auth/authorize' in address:
        answer_consent(address, user['username'], user['answer'], user['without'])
    with open(os.path.join(place, 'browser.log'), 'a', encoding='utf-8') as log:
        log.write(address + '\n')


if __name__ == '__main__':
    main()
