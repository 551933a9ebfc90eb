#!/usr/bin/env bash
# build-shim.sh [LIBTORCH_DIR|python] : compiles the native shim for this machine's libtorch with g++ alone.
set -euo pipefail
unset CDPATH
here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
libtorch=${1-}
if [[ $libtorch == python ]]; then libtorch=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))'); fi
if [[ -n $libtorch ]]; then libtorch=$(cd -- "$libtorch" && pwd); fi
"$here/native/build.sh" "$libtorch" "$here/app"
printf '%s' "$libtorch" >"$here/libtorch.path"
echo "now: $here/harness doctor"
