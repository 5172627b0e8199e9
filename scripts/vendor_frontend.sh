#!/usr/bin/env bash
# Rebuild what other projects made for our pages and documents: static/vendor/, static/fonts/pdf/, the tests' axe-core,
# and static/vendor.sha256, which a test holds them against. Run it on an upgrade (change scripts/frontend/package.json,
# then call it with --relock), look at the difference, commit. Running the service never needs it, nor Node.
# Needs: Node and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

cp scripts/frontend/* "$build"
cd "$build"
npm="npm --no-audit --no-fund --ignore-scripts --omit-lockfile-registry-resolved"
if [ "${1:-}" = --relock ]; then
    rm package-lock.json
    $npm install --package-lock-only
    cp package-lock.json "$project/scripts/frontend/"
fi
$npm ci

# moj-frontend configures govuk-frontend a second time, which Sass refuses: leave only the first configuration, ours.
cat > node_modules/@ministryofjustice/frontend/moj/vendor/govuk-frontend/_index.scss <<'SCSS'
@forward "../../settings/all";
@forward "govuk-frontend/dist/govuk/base";
SCSS
npx sass --load-path=node_modules --style=compressed --no-source-map --quiet --quiet-deps app.scss app.css

# The Royal Arms may not be used outside GOV.UK.
sed -i 's#url("images/govuk-crest.svg")#none#g' app.css

vendor=$project/static/vendor
rm -rf "$vendor" "$project/static/fonts/pdf"
mkdir -p "$vendor/images" "$vendor/fonts" "$project/static/fonts/pdf" "$project/spo_cases/tests/vendor"
cp app.css "$vendor/"
cp "$project/scripts/frontend/LICENCES.md" "$vendor/"

# The source maps are not vendored, and a manifest of static files refuses a script that names a missing file.
strip_map='/^\/\/# sourceMappingURL=/d'
sed "$strip_map" node_modules/govuk-frontend/dist/govuk/all.bundle.js > "$vendor/govuk-frontend.js"
sed "$strip_map" node_modules/@ministryofjustice/frontend/moj/all.bundle.js > "$vendor/moj-frontend.js"

grep -oE 'url\(images/[^)]+\)' app.css | sed -E 's/url\((.*)\)/\1/' | sort -u | while read -r image; do
    cp "node_modules/@ministryofjustice/frontend/moj/assets/$image" "$vendor/images/"
done

source_sans=node_modules/@fontsource-variable/source-sans-3
cp $source_sans/files/source-sans-3-latin-wght-normal.woff2 "$vendor/fonts/source-sans-3-latin.woff2"
cp $source_sans/files/source-sans-3-latin-ext-wght-normal.woff2 "$vendor/fonts/source-sans-3-latin-ext.woff2"
cp $source_sans/LICENSE "$vendor/fonts/source-sans-3-OFL.txt"

cp node_modules/axe-core/axe.min.js "$project/spo_cases/tests/vendor/"
sed "$strip_map" -i "$project/spo_cases/tests/vendor/axe.min.js"

# Documents embed their fonts, so that a document looks the same wherever it was made.
for family in source-serif:SourceSerif4 source-sans:SourceSans3; do
    for style in Regular It Bold BoldIt; do
        cp "node_modules/${family%:*}/TTF/${family#*:}-$style.ttf" "$project/static/fonts/pdf/"
    done
    cp "node_modules/${family%:*}/LICENSE.md" "$project/static/fonts/pdf/${family#*:}-LICENCE.md"
done

cd "$project"
find static/vendor static/fonts/pdf spo_cases/tests/vendor -type f | LC_ALL=C sort | xargs -d '\n' sha256sum > static/vendor.sha256
du -sh static/vendor static/fonts/pdf
