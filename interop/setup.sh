#!/usr/bin/env bash
# Makes interop/.venv with the real Keras that our fixtures and interop tests use (Python 3.11).
set -euo pipefail
cd "$(dirname "$0")"
stamp=.venv/.stamp-$(cat requirements.txt setup.sh | sha256sum | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf .venv
python3.11 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps tf_keras==2.21.0 tensorflowjs==4.22.0
touch "$stamp"
