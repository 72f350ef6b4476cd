#!/usr/bin/env bash
# Packs the library, installs it into empty projects and runs the README's first example there:
# once with the native engine, once where onnxruntime-node could not be installed.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
npm run -s build
tarball="$work/$(npm pack --silent --pack-destination "$work")"

# The first TypeScript block of the README is the example; plain JavaScript after its types are gone.
node scripts/readme-example.mjs > "$work/example.mjs"

try() { # folder, npm flags…
  mkdir "$work/$1" && cd "$work/$1"
  echo '{"name":"empty","private":true,"type":"module"}' > package.json
  npm install --silent --no-audit --no-fund "${@:2}" "$tarball"
  cp "$work/example.mjs" .
  timeout 300 node example.mjs > out.txt 2> err.txt || { cat out.txt err.txt; exit 1; }
  test -f model_checkpoint/epoch_03.h5
  npx --no-install pawl verify model_checkpoint > verify.txt || { cat verify.txt; exit 1; }
}

try native --ignore-scripts
if grep -q "WebAssembly" err.txt; then echo "the native engine did not load:"; cat err.txt; exit 1; fi
echo "native: ok"

# Its types, as the strictest of projects sees them: declarations checked too.
cp "$root"/test/types/{options,models,own-parts,single-and-several,ports,sweeps}.ts .
node "$root/node_modules/typescript/bin/tsc" --noEmit --strict --skipLibCheck false --exactOptionalPropertyTypes \
  --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature --noImplicitOverride --verbatimModuleSyntax \
  --target es2022 --module nodenext --ignoreConfig ./*.ts
echo "types: ok"

try wasm --ignore-scripts --omit=optional
grep "WebAssembly" err.txt || { echo "no word about the slower engine on stderr:"; cat err.txt; exit 1; }
grep -q "onnxruntime-node" err.txt || { echo "the notice does not say how to get the native engine"; exit 1; }
echo "wasm: ok"
