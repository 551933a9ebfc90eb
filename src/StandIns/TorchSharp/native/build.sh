#!/bin/sh
# Builds libharness_torch.so, the bridge between the TorchSharp stand-in and libtorch, with g++ alone.
#
#   build.sh [LIBTORCH_DIR] [OUT_DIR]      LIBTORCH_DIR "" or "system": the Debian package libtorch-dev (default);
#                                          otherwise a folder with include/ and lib/ (a libtorch download, CPU or CUDA,
#                                          or the torch folder of an installed PyTorch)
#   build.sh --check [LIBTORCH_DIR]        compiles the sources as C++17 and as C++20 without writing anything
#
# OUT_DIR defaults to .harness/native of the repository this folder lies in. Nothing is done when the library is up to date.
# CXX names another compiler; CXXFLAGS adds flags.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
sources="call tensor autograd runtime"
cxx=${CXX:-g++}

fail() { echo "build.sh: $*" >&2; exit 1; }

check=no
if [ "${1:-}" = --check ]; then check=yes; shift; fi
libtorch=${1:-system}

command -v "$cxx" > /dev/null 2>&1 || fail "no $cxx found; install g++ (Debian: apt-get install g++) or set CXX"

if [ "$libtorch" = system ]; then
  include=/usr/include
  libraries=
  for folder in "/usr/lib/$("$cxx" -dumpmachine)" /usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib; do
    if [ -e "$folder/libtorch_cpu.so" ]; then libraries=$folder; break; fi
  done
  [ -n "$libraries" ] && [ -e "$include/torch/csrc/autograd/autograd.h" ] ||
    fail "libtorch's headers are missing; install them (Debian: apt-get install libtorch-dev) or give LIBTORCH_DIR"
else
  libtorch=$(CDPATH= cd -- "$libtorch" 2> /dev/null && pwd) || fail "LIBTORCH_DIR '$1' is not a folder"
  include=$libtorch/include
  libraries=$libtorch/lib
  [ -e "$include/torch/csrc/autograd/autograd.h" ] ||
    fail "'$libtorch' holds no include/torch/csrc/autograd/autograd.h; LIBTORCH_DIR must be a libtorch folder with include/ and lib/"
  [ -e "$libraries/libtorch_cpu.so" ] || fail "'$libraries' holds no libtorch_cpu.so"
fi

# libtorch is built with either of libstdc++'s string layouts; std::string in a c10 symbol's mangled name tells which.
abi=1
if grep -qa '_ZN3c106detail14torchCheckFail.*RKSs' "$libraries/libc10.so" 2> /dev/null; then abi=0; fi

flags="-O2 -fPIC -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -D_GLIBCXX_USE_CXX11_ABI=$abi"
flags="$flags ${CXXFLAGS:-}"
# System headers by variable: a path with a space survives. The compiler searches /usr/include by itself, and naming it would
# break the order of the C++ headers.
CPLUS_INCLUDE_PATH=$include/torch/csrc/api/include
[ "$include" = /usr/include ] || CPLUS_INCLUDE_PATH=$include:$CPLUS_INCLUDE_PATH
export CPLUS_INCLUDE_PATH
# shellcheck disable=SC2086

if [ "$check" = yes ]; then
  for standard in c++17 c++20; do
    for source in $sources; do
      # shellcheck disable=SC2086
      "$cxx" "-std=$standard" $flags -Werror -fsyntax-only "$here/$source.cpp" || fail "$source.cpp is not valid $standard"
    done
  done
  exit 0
fi

if [ -n "${2:-}" ]; then
  out=$2
else
  root=$(CDPATH= cd -- "$here/../../../.." && pwd)
  [ -e "$root/Directory.Build.props" ] || fail "outside the repository an OUT_DIR is needed: build.sh [LIBTORCH_DIR] OUT_DIR"
  out=$root/.harness/native
fi
mkdir -p "$out"
out=$(CDPATH= cd -- "$out" && pwd)
library=$out/libharness_torch.so
stamp=$out/libharness_torch.stamp

# The stamp covers everything the binary depends on: our sources, the flags, the compiler and the libtorch files.
fingerprint() {
  cat "$here"/*.cpp "$here"/*.h "$here/build.sh"
  "$cxx" --version
  echo "$flags" "$include"
  ls -lnL --time-style=+%s "$libraries"/libc10*.so "$libraries"/libtorch*.so
}
wanted=$(fingerprint | cksum)
if [ -e "$library" ] && [ "$(cat "$stamp" 2> /dev/null)" = "$wanted" ]; then exit 0; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile_all() {
  pids=
  for source in $sources; do
    # shellcheck disable=SC2086
    "$cxx" "-std=$1" $flags -c "$here/$source.cpp" -o "$work/$source.o" 2> "$work/$source.log" &
    pids="$pids $!"
  done
  ok=0
  for pid in $pids; do wait "$pid" || ok=1; done
  return $ok
}

# libtorch 2.x releases moved to C++20 headers; older ones are C++17.
if ! compile_all c++17; then
  if ! compile_all c++20; then
    cat "$work"/*.log >&2
    fail "the bridge does not compile against the libtorch in '$include'"
  fi
fi

set -- -L"$libraries" -Wl,-rpath,"$libraries" -Wl,--no-as-needed -lc10 -ltorch_cpu -ltorch
if [ -e "$libraries/libtorch_cuda.so" ]; then set -- "$@" -lc10_cuda -ltorch_cuda; fi
"$cxx" -shared -o "$work/libharness_torch.so" "$work"/*.o "$@" -ldl ||
  fail "the bridge does not link against the libtorch in '$libraries'"
mv "$work/libharness_torch.so" "$library"
echo "$wanted" > "$stamp"
echo "built $library against the libtorch in $libraries"
